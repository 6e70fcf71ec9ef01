/**
 * RSA moduli whose primes were made by the library of CVE-2017-15361 ("ROCA"). They look sound and can be
 * factored: both primes are powers of 65537 modulo many small primes, and so is their product.
 */

/** The primes by which such a modulus is told (Nemec and others, "The Return of Coppersmith's Attack", 2017). */
const PRIMES = [11, 13, 17, 19, 37, 53, 61, 71, 73, 79, 97, 103, 107, 109, 127, 151, 157];
const GENERATOR = 65537;

const POWERS = PRIMES.map((prime) => ({ prime: BigInt(prime), powers: powersModulo(prime) }));

function powersModulo(prime: number): ReadonlySet<number> {
  const powers = new Set<number>();
  for (let power = 1; !powers.has(power); power = (power * (GENERATOR % prime)) % prime) {
    powers.add(power);
  }
  return powers;
}

/** Whether a modulus bears the mark of that library. One in a hundred million others does, too. */
export function isRocaModulus(modulus: bigint): boolean {
  return POWERS.every(({ prime, powers }) => powers.has(Number(modulus % prime)));
}
