/** The public window: what was published, read and nothing else. */
import { cache } from '../../core/cache.ts';
import { sha256Base64Url } from '../../core/digest.ts';
import { notFound } from '../../core/errors.ts';
import { ID_PATTERN, type IssuerId } from '../../core/id.ts';
import { addressesOf, type Format, type Issuer, type Visibility } from '../../core/issuer.ts';
import { IMAGE_DIGEST } from '../../core/schema.ts';
import { shareTokenHash, shareTokenOf } from '../../core/share-token.ts';
import { buildDidDocument, type DidKey } from '../../formats/did-document/build.ts';
import { buildProfile } from '../../formats/open-badges/v3p0/build.ts';
import type { JsonObject } from '../../formats/vc/json.ts';
import * as repository from './repository.ts';
import { type ShowNeeds, showService } from './service/show.ts';

/** Bytes to send as they are. */
export interface PublicDocument {
  readonly body: string;
  /** SHA-256 in base64url; the entity tag. */
  readonly digest: string;
}

/** Which signed form of which award, and the token of the link that was followed. */
export interface CredentialRequest {
  readonly issuerId: string;
  readonly assertionId: string;
  readonly format: Format;
  readonly token: unknown;
}

/** A picture, its bytes to be sent as they are. */
export interface PublicImage {
  readonly mediaType: string;
  readonly body: Uint8Array;
  /** SHA-256 in base64url; id and entity tag. */
  readonly digest: string;
}

export interface PublicCredential extends PublicDocument {
  readonly mediaType: string;
  /** Address of the credential that corrects this one, where that is public too. */
  readonly successor: string | undefined;
  readonly visibility: Visibility;
}

export interface PublicationNeeds extends ShowNeeds {
  /** Base address that surely leads here, because the operator says so. */
  readonly ownBaseUrl: string;
}

/**
 * The longest that a process shows keys or a status list as they were before another process changed them. Every
 * verifier in the world asks for these; from memory they are answered however busy the database is.
 */
const CACHE_MS = 2_000;
const RENEW_MS = 750;
/** A list is 30 KB at most, and usually less than one. */
const LISTS_KEPT = 500;
const ISSUERS_KEPT = 1_000;

export type PublicationService = ReturnType<typeof publicationService>;

const ID = new RegExp(ID_PATTERN);
const DIGEST = new RegExp(IMAGE_DIGEST);

export function publicationService(needs: PublicationNeeds) {
  const { db, issuers, ownBaseUrl, now } = needs;
  const shortly = { lifetimeMs: CACHE_MS, renewMs: RENEW_MS, now };
  const keys = cache<repository.PublishedKey[]>({ size: ISSUERS_KEPT, ...shortly });
  const lists = cache<PublicDocument>({ size: LISTS_KEPT, ...shortly });

  /** A malformed id is answered like an absent one. */
  async function issuerOf(id: string): Promise<Issuer> {
    if (!ID.test(id)) throw notFound('issuer');
    return issuers.current(id as IssuerId);
  }

  async function keysOf(issuer: Issuer): Promise<repository.PublishedKey[]> {
    return keys.get(issuer.id, () =>
      db.essential({ issuerId: issuer.id }, (tx) => repository.listPublicKeys(tx, issuer.id)),
    );
  }

  const service = {
    baseUrl: ownBaseUrl,

    /** The same for people: what the pages show. */
    show: showService(needs),

    async profile(issuerId: string): Promise<PublicDocument> {
      return asDocument(buildProfile(await issuerOf(issuerId)));
    },

    /** All keys there ever were; a compromised one is listed and verifies nothing. */
    async didDocument(issuerId: string): Promise<PublicDocument> {
      const issuer = await issuerOf(issuerId);
      const { did, verificationMethod } = addressesOf(issuer);
      const listed = (await keysOf(issuer)).map((key) => didKey(key, verificationMethod(key.kid)));
      return asDocument(buildDidDocument({ did, keys: listed }));
    },

    async jwks(issuerId: string): Promise<PublicDocument> {
      const published = await keysOf(await issuerOf(issuerId));
      return asDocument({ keys: published.flatMap(liveJwk) });
    },

    /** The bare JWK of one key, for validators that expect one behind a `kid` (1EdTech). */
    async key(issuerId: string, kid: string): Promise<PublicDocument> {
      const published = await keysOf(await issuerOf(issuerId));
      const [jwk] = published.filter((key) => key.kid === kid).flatMap(liveJwk);
      if (jwk === undefined) throw notFound('key');
      return asDocument(jwk);
    },

    async achievement(issuerId: string, classId: string): Promise<PublicDocument> {
      const issuer = await issuerOf(issuerId);
      const body = await db.transaction({ issuerId: issuer.id }, (tx) =>
        repository.findAchievement(tx, issuer.id, classId),
      );
      if (body === undefined) throw notFound('achievement');
      return { body, digest: sha256Base64Url(body) };
    },

    /** An award that is absent and one that is not shown without its token are answered alike. */
    async credential(request: CredentialRequest): Promise<PublicCredential> {
      const { issuerId, assertionId, format } = request;
      if (!ID.test(issuerId) || !ID.test(assertionId)) throw notFound('credential');
      const hash = shareTokenHash(request.token);
      const found = await repository.findCredential(db, issuerId, assertionId, format, hash);
      if (found === undefined) throw notFound('credential');
      const { mediaType, body, digest, supersededBy, visibility } = found;
      const successor = supersededBy && (await publicAddress(issuerId, supersededBy, format));
      return { mediaType, body, digest, successor, visibility };
    },

    async image(issuerId: string, digest: string): Promise<PublicImage> {
      if (!ID.test(issuerId) || !DIGEST.test(digest)) throw notFound('image');
      const found = await db.transaction({ issuerId }, (tx) =>
        repository.findImage(tx, issuerId, digest),
      );
      if (found === undefined) throw notFound('image');
      return found;
    },

    async statusList(issuerId: string, number: string): Promise<PublicDocument> {
      if (!ID.test(issuerId) || !/^[1-9]\d{0,8}$/.test(number)) throw notFound('status-list');
      return lists.get(`${issuerId}|${number}`, async () => {
        const found = await db.essential({ issuerId }, (tx) =>
          repository.findStatusList(tx, issuerId, Number(number)),
        );
        if (found === undefined) throw notFound('status-list');
        return found;
      });
    },

    /** Forgets a list as it was, after this process signed it anew. */
    forgetList(issuerId: IssuerId, list: number): void {
      lists.forget(`${issuerId}|${list}`);
    },

    /** Forgets the keys of an issuer as they were, after this process changed them. */
    forgetKeys(issuerId: string): void {
      keys.forget(issuerId);
    },

    /**
     * A document of ours by its public address, so that the service need not call itself over the network to
     * verify what it issued. Undefined where the address is not under our own base: what a host of an issuer
     * serves is known only by asking that host.
     */
    async resolve(url: string): Promise<{ mediaType: string; body: Uint8Array } | undefined> {
      const [address = '', query = ''] = url.split('?', 2);
      const match = /^(https?:\/\/.+)\/issuers\/([0-9a-z]{26})\/(.+)$/.exec(address);
      const [, base = '', issuerId = '', path = ''] = match ?? [];
      if (match === null || !ID.test(issuerId)) return undefined;
      const issuer = await issuers.current(issuerId as IssuerId).catch(() => undefined);
      if (issuer === undefined || issuer.baseUrl !== base || base !== ownBaseUrl) return undefined;
      const document = await byPath(issuerId, path, shareTokenOf(query));
      if (document === undefined) return undefined;
      const { body, mediaType = 'application/json' } = document;
      return { mediaType, body: Buffer.from(body, 'utf8') };
    },
  };

  /** Undefined where the award asks for a link of its own: its id is for those who hold one. */
  async function publicAddress(
    issuerId: string,
    assertionId: string,
    format: Format,
  ): Promise<string | undefined> {
    if (!(await repository.isPublic(db, issuerId, assertionId, format))) return undefined;
    return addressesOf(await issuerOf(issuerId)).credential(assertionId);
  }

  async function byPath(
    issuerId: string,
    path: string,
    token: unknown,
  ): Promise<(PublicDocument & { readonly mediaType?: string }) | undefined> {
    const [kind = '', name = ''] = path.split('/');
    if (path === 'did.json') return service.didDocument(issuerId);
    if (path === `status/${name}` && kind === 'status') return service.statusList(issuerId, name);
    if (path === `keys/${name}` && kind === 'keys') return service.key(issuerId, name);
    if (path === `credentials/${name}` && kind === 'credentials')
      return byName(issuerId, name, token);
    return undefined;
  }

  /** A credential by the last part of its address; the form that a verifier asks for first. */
  async function byName(issuerId: string, name: string, token: unknown): Promise<PublicCredential> {
    const [assertionId = '', suffix] = name.split('.', 2);
    const format = suffix === 'jwt' ? 'ob3-jwt' : 'ob3';
    return service.credential({ issuerId, assertionId, format, token });
  }

  return service;
}

function asDocument(document: JsonObject): PublicDocument {
  const body = JSON.stringify(document);
  return { body, digest: sha256Base64Url(body) };
}

function didKey({ state, publicKey }: repository.PublishedKey, id: string): DidKey {
  const assertion = state !== 'compromised';
  return publicKey.kind === 'multikey'
    ? { kind: 'multikey', id, publicKeyMultibase: publicKey.publicKeyMultibase, assertion }
    : { kind: 'jwk', id, publicKeyJwk: publicKey.jwk, assertion };
}

function liveJwk({ state, publicKey }: repository.PublishedKey): JsonObject[] {
  return state !== 'compromised' && publicKey.kind === 'jwk' ? [publicKey.jwk] : [];
}
