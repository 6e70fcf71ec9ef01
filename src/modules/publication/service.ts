/** The public window: what was published, read and nothing else. */
import { sha256Base64Url } from '../../core/digest.ts';
import { notFound } from '../../core/errors.ts';
import { ID_PATTERN, type IssuerId } from '../../core/id.ts';
import { addressesOf, type Format, type Issuer } from '../../core/issuer.ts';
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

export interface PublicCredential extends PublicDocument {
  readonly mediaType: string;
  /** Address of the credential that corrects this one. */
  readonly successor: string | undefined;
}

export interface PublicationNeeds extends ShowNeeds {
  /** Base address that surely leads here, because the operator says so. */
  readonly ownBaseUrl: string;
}

export type PublicationService = ReturnType<typeof publicationService>;

const ID = new RegExp(ID_PATTERN);

export function publicationService(needs: PublicationNeeds) {
  const { db, issuers, ownBaseUrl } = needs;

  /** A malformed id is answered like an absent one. */
  async function issuerOf(id: string): Promise<Issuer> {
    if (!ID.test(id)) throw notFound('issuer');
    return issuers.current(id as IssuerId);
  }

  async function keysOf(issuer: Issuer): Promise<repository.PublishedKey[]> {
    return db.transaction({ issuerId: issuer.id }, (tx) =>
      repository.listPublicKeys(tx, issuer.id),
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
      const keys = (await keysOf(issuer)).map((key) => didKey(key, verificationMethod(key.kid)));
      return asDocument(buildDidDocument({ did, keys }));
    },

    async jwks(issuerId: string): Promise<PublicDocument> {
      const keys = await keysOf(await issuerOf(issuerId));
      return asDocument({ keys: keys.flatMap(liveJwk) });
    },

    /** The bare JWK of one key, for validators that expect one behind a `kid` (1EdTech). */
    async key(issuerId: string, kid: string): Promise<PublicDocument> {
      const keys = await keysOf(await issuerOf(issuerId));
      const [jwk] = keys.filter((key) => key.kid === kid).flatMap(liveJwk);
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

    async credential(
      issuerId: string,
      assertionId: string,
      format: Format,
    ): Promise<PublicCredential> {
      if (!ID.test(issuerId) || !ID.test(assertionId)) throw notFound('credential');
      const found = await repository.findCredential(db, issuerId, assertionId, format);
      if (found === undefined) throw notFound('credential');
      const { mediaType, body, digest, supersededBy } = found;
      const successor =
        supersededBy === undefined
          ? undefined
          : addressesOf(await issuerOf(issuerId)).credential(supersededBy);
      return { mediaType, body, digest, successor };
    },

    async statusList(issuerId: string, number: string): Promise<PublicDocument> {
      if (!ID.test(issuerId) || !/^[1-9]\d{0,8}$/.test(number)) throw notFound('status-list');
      const found = await db.transaction({ issuerId }, (tx) =>
        repository.findStatusList(tx, issuerId, Number(number)),
      );
      if (found === undefined) throw notFound('status-list');
      return found;
    },

    /**
     * A document of ours by its public address, so that the service need not call itself over the network to
     * verify what it issued. Undefined where the address is not under our own base: what a host of an issuer
     * serves is known only by asking that host.
     */
    async resolve(url: string): Promise<{ mediaType: string; body: Uint8Array } | undefined> {
      const match = /^(https?:\/\/.+)\/issuers\/([0-9a-z]{26})\/(.+)$/.exec(url);
      const [, base = '', issuerId = '', path = ''] = match ?? [];
      if (match === null || !ID.test(issuerId)) return undefined;
      const issuer = await issuers.current(issuerId as IssuerId).catch(() => undefined);
      if (issuer === undefined || issuer.baseUrl !== base || base !== ownBaseUrl) return undefined;
      const document = await byPath(issuerId, path);
      return (
        document && { mediaType: 'application/json', body: Buffer.from(document.body, 'utf8') }
      );
    },
  };

  async function byPath(issuerId: string, path: string): Promise<PublicDocument | undefined> {
    const [kind = '', name = ''] = path.split('/');
    if (path === 'did.json') return service.didDocument(issuerId);
    if (path === `status/${name}` && kind === 'status') return service.statusList(issuerId, name);
    if (path === `keys/${name}` && kind === 'keys') return service.key(issuerId, name);
    return undefined;
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
