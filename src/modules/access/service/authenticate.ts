/** Who is behind a key. */
import type { Caller } from '../../../core/caller.ts';
import { sha256 } from '../../../core/digest.ts';
import { notFound } from '../../../core/errors.ts';
import type { IssuerId } from '../../../core/id.ts';
import { type Database, PLATFORM } from '../../../store/db.ts';
import * as repository from '../repository.ts';
import { KEY_FORM } from './secret.ts';

/** The longest a revoked key still opens another process. */
const CACHE_MS = 2_000;
const CACHE_SIZE = 10_000;

export function authenticator(db: Database) {
  const owners = new Map<string, { owner: repository.KeyOwner; until: number }>();

  async function ownerOf(token: string): Promise<repository.KeyOwner | undefined> {
    if (!KEY_FORM.test(token)) return undefined;
    const hash = sha256(token);
    const name = hash.toString('base64');
    const cached = owners.get(name);
    if (cached !== undefined && cached.until > performance.now()) return cached.owner;
    const owner = await repository.findKeyOwner(db, hash);
    owners.delete(name);
    if (owner === undefined) return undefined;
    if (owners.size >= CACHE_SIZE) owners.clear();
    owners.set(name, { owner, until: performance.now() + CACHE_MS });
    return owner;
  }

  /** The issuer a request acts for; undefined result: it may not know that issuer. */
  async function actedFor(
    owner: repository.KeyOwner,
    named: string | undefined,
  ): Promise<{ issuerId: IssuerId | undefined } | undefined> {
    if (owner.tenant !== PLATFORM) {
      const own = named === undefined || named === owner.tenant;
      return own ? { issuerId: owner.tenant as IssuerId } : undefined;
    }
    if (named === undefined) return { issuerId: undefined };
    const exists = await db.transaction({ issuerId: named }, (tx) =>
      repository.issuerExists(tx, named),
    );
    return exists ? { issuerId: named as IssuerId } : undefined;
  }

  return {
    /** The caller behind a key, or undefined where the key is not live or may not know the issuer it names. */
    async authenticate(credentials: {
      readonly token: string;
      readonly issuer: string | undefined;
      readonly actor: string | undefined;
      readonly requestId: string;
    }): Promise<Caller | undefined> {
      const owner = await ownerOf(credentials.token);
      if (owner === undefined) return undefined;
      const acting = await actedFor(owner, credentials.issuer);
      if (acting === undefined) throw notFound('issuer');
      return {
        clientId: owner.clientId,
        platform: owner.tenant === PLATFORM,
        issuerId: acting.issuerId,
        scopes: new Set(owner.scopes),
        actor: credentials.actor,
        requestId: credentials.requestId,
      };
    },

    /** Whether the key opened something lately, at this process. It is no leave to act. */
    knows: (token: string): boolean =>
      KEY_FORM.test(token) && owners.has(sha256(token).toString('base64')),

    /** Looks every key up anew, after one was revoked. */
    forget(): void {
      owners.clear();
    },
  };
}
