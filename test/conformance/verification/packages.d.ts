/** Makers of proofs that ship no types, as far as tests use them. */
declare module '@digitalbazaar/ecdsa-multikey' {
  export function generate(options: {
    curve: 'P-256' | 'P-384';
    controller?: string;
    id?: string;
  }): Promise<import('@digitalbazaar/ed25519-multikey').KeyPair>;
}
declare module '@digitalbazaar/ecdsa-rdfc-2019-cryptosuite' {
  export const cryptosuite: unknown;
}
declare module '@digitalbazaar/ed25519-signature-2020' {
  export class Ed25519Signature2020 {
    constructor(options: { signer: unknown; date?: string });
  }
}
