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
    constructor(options: { signer?: unknown; key?: unknown; date?: string });
  }
}
declare module '@digitalbazaar/ed25519-verification-key-2020' {
  export class Ed25519VerificationKey2020 {
    readonly id: string;
    static generate(options: {
      controller: string;
      id: string;
    }): Promise<Ed25519VerificationKey2020>;
    export(options: { publicKey: true; includeContext?: true }): Record<string, unknown>;
  }
}
