/** The part of jsonld 9 in use here; the package ships no types. */
declare module 'jsonld' {
  interface RemoteDocument {
    readonly contextUrl: null;
    readonly documentUrl: string;
    readonly document: unknown;
    /** `static`: the processed context may be kept for good. */
    readonly tag: 'static';
  }
  interface CanonizeOptions {
    readonly algorithm: 'RDFC-1.0';
    readonly format: 'application/n-quads';
    readonly safe: boolean;
    readonly base: null;
    readonly documentLoader: (url: string) => Promise<RemoteDocument>;
    readonly rdfDirection?: 'i18n-datatype';
    readonly canonizeOptions: {
      readonly algorithm: 'RDFC-1.0';
      readonly maxWorkFactor: number;
      readonly messageDigestAlgorithm?: string;
    };
  }
  const jsonld: { canonize(input: unknown, options: CanonizeOptions): Promise<string> };
  export = jsonld;
}

declare module 'jsonld/lib/util.js' {
  const util: { clone(value: unknown): unknown };
  export = util;
}
