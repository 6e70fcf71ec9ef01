/** The token in a link that shows a credential which is not public. */
import { sha256 } from './digest.ts';
import { encodeBase32, type RandomBytes } from './id.ts';

/** 32 characters of lower-case base32: 160 random bits. */
const FORM = /^[0-9a-hjkmnp-tv-z]{32}$/;

/** Name of the query parameter that carries the token. */
const PARAMETER = 'token';
const TOKEN_IN_ADDRESS = new RegExp(`([?&]${PARAMETER}=)[^&#]+`, 'g');

/** A new token, which is shown once, and its SHA-256, which is kept. */
export function newShareToken(random: RandomBytes): { token: string; hash: Uint8Array } {
  const token = encodeBase32(random(20));
  return { token, hash: sha256(token) };
}

/** The token in the query of an address, which may be of another kind altogether. */
export function shareTokenOf(query: string): string | undefined {
  return new URLSearchParams(query).get(PARAMETER) ?? undefined;
}

/** An address as it may be shown and printed: whoever reads it there cannot follow the link. */
export function withoutToken(address: string): string {
  return address.replace(TOKEN_IN_ADDRESS, '$1…');
}

/** SHA-256 of a token that somebody sends; undefined where the text cannot be one, so that it is answered like a wrong one. */
export function shareTokenHash(token: unknown): Uint8Array | undefined {
  return typeof token === 'string' && FORM.test(token) ? sha256(token) : undefined;
}

/** The address of a credential that is shown with the token. */
export function sharedAddress(credentialUrl: string, token: string): string {
  return `${credentialUrl}?${PARAMETER}=${token}`;
}
