/**
 * Public addresses of an issuer. Everything stands under one prefix, so that it can have a host of its own,
 * be cached, and be exported as static files. They are signed into credentials and never change.
 */

/** Addresses below `{base}/issuers/{issuer}`. `base` has no trailing slash. */
export interface IssuerAddresses {
  readonly did: string;
  readonly profile: string;
  readonly didDocument: string;
  readonly jwks: string;
  achievement(classId: string): string;
  credential(assertionId: string): string;
  statusList(number: number): string;
  /** A picture by the SHA-256 of its bytes in base64url. */
  image(digest: string): string;
  /** The bare JWK of a JWT key. */
  key(kid: string): string;
  /** Absolute id of a verification method. */
  verificationMethod(fragment: string): string;
}

export function issuerAddresses(base: string, issuerId: string): IssuerAddresses {
  const root = `${base}/issuers/${issuerId}`;
  const did = `${didWebOfBase(base)}:issuers:${issuerId}`;
  return {
    did,
    profile: root,
    didDocument: `${root}/did.json`,
    jwks: `${root}/jwks.json`,
    achievement: (classId) => `${root}/achievements/${classId}`,
    credential: (assertionId) => `${root}/credentials/${assertionId}`,
    statusList: (number) => `${root}/status/${number}`,
    image: (digest) => `${root}/images/${digest}`,
    key: (kid) => `${root}/keys/${kid}`,
    verificationMethod: (fragment) => `${did}#${fragment}`,
  };
}

/** `did:web` of a host with its path (did:web method, "Create"): the colon of a port is percent-encoded. */
function didWebOfBase(base: string): string {
  const url = new URL(base);
  const host = url.host.replace(':', '%3A');
  const path = url.pathname.split('/').filter((part) => part !== '');
  return ['did:web', host, ...path].join(':');
}

/**
 * The address of a did:web document, or undefined where the DID is not a sound did:web. `http` is used for
 * loopback hosts only when the caller allows it (development).
 */
export function didWebDocumentUrl(did: string, allowHttpLoopback: boolean): string | undefined {
  const match = /^did:web:([A-Za-z0-9.-]+(?:%3[Aa][0-9]{1,5})?)((?::[A-Za-z0-9._~-]+)*)$/.exec(did);
  if (match === null) return undefined;
  const host = (match[1] ?? '').replace(/%3[Aa]/, ':');
  const path = (match[2] ?? '').split(':').slice(1);
  if (path.some((part) => part === '.' || part === '..')) return undefined;
  const scheme = allowHttpLoopback && isLoopbackHost(host) ? 'http' : 'https';
  const location = path.length === 0 ? '.well-known' : path.join('/');
  const url = URL.parse(`${scheme}://${host}/${location}/did.json`);
  return url?.href;
}

/** Whether a `host[:port]` is this machine by name or literal. */
export function isLoopbackHost(host: string): boolean {
  return /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/.test(host);
}
