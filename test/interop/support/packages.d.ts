/** The verifying half of packages that ship no types, as far as it is used here. */
declare module '@digitalbazaar/vc' {
  export interface VerifyOptions {
    credential: unknown;
    suite: unknown;
    documentLoader: unknown;
    checkStatus?: unknown;
    now?: Date;
  }
  export function verifyCredential(
    options: VerifyOptions,
  ): Promise<{ verified: boolean; error?: unknown; statusResult?: StatusResult }>;

  export interface StatusResult {
    verified: boolean;
    error?: unknown;
    results?: { status: boolean; credentialStatus: Record<string, any> }[];
  }
}
declare module '@digitalbazaar/vc-bitstring-status-list' {
  export function checkStatus(options: {
    credential: unknown;
    suite: unknown;
    documentLoader: unknown;
  }): Promise<import('@digitalbazaar/vc').StatusResult>;
}
