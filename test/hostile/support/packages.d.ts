/** Verifiers and signers that are not ours, as far as tests use them; the packages ship no types. */
declare module '@digitalbazaar/vc' {
  export function issue(options: {
    credential: unknown;
    suite: unknown;
    documentLoader: unknown;
    now?: Date;
  }): Promise<Record<string, any>>;
}
declare module '@digitalbazaar/data-integrity' {
  export class DataIntegrityProof {
    constructor(options: { signer: unknown; cryptosuite: unknown; date?: string });
  }
}
declare module '@digitalbazaar/eddsa-rdfc-2022-cryptosuite' {
  export const cryptosuite: unknown;
}
declare module '@digitalbazaar/ed25519-multikey' {
  export interface KeyPair {
    id: string;
    controller: string;
    publicKeyMultibase: string;
    secretKeyMultibase: string;
    signer(): { sign(input: { data: Uint8Array }): Promise<Uint8Array> };
    export(options: { publicKey: true; raw: true }): Promise<{ publicKey: Uint8Array }>;
  }
  export function generate(options: { seed?: Uint8Array; controller?: string }): Promise<KeyPair>;
  export function from(key: unknown): Promise<KeyPair>;
}
declare module '@digitalbazaar/vc-bitstring-status-list' {
  export function createCredential(options: {
    id: string;
    list: BitstringStatusList;
    statusPurpose: string;
  }): Promise<Record<string, any>>;
}
declare module '@digitalbazaar/vc-status-list' {
  import type { BitstringStatusList } from '@digitalbazaar/vc-bitstring-status-list';
  export function createList(options: { length: number }): Promise<BitstringStatusList>;
  export function createCredential(options: {
    id: string;
    list: BitstringStatusList;
    statusPurpose: string;
  }): Promise<Record<string, any>>;
}
