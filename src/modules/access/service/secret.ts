import type { RandomBytes } from '../../../core/id.ts';

/** Recognisable to people and to leak scanners. */
export const KEY_PREFIX = 'mck_';
/** The prefix and 32 random bytes in base64url. */
export const KEY_FORM = /^mck_[A-Za-z0-9_-]{43}$/;

/** A new API key: 256 random bits (ASVS 11.5.1). Only its hash is kept. */
export function newSecret(random: RandomBytes): string {
  return `${KEY_PREFIX}${Buffer.from(random(32)).toString('base64url')}`;
}
