/** Pictures of issuers and classes: taken in, drawn where none is given, and named by what they are. */
import { actingIssuer, type Caller, requireScopeOf } from '../../core/caller.ts';
import { canonicalJson } from '../../core/canonical-json.ts';
import type { CredentialClass } from '../../core/credential-class.ts';
import { sha256Base64Url } from '../../core/digest.ts';
import { invalid, notFound } from '../../core/errors.ts';
import type { IssuerId } from '../../core/id.ts';
import type { Issuer } from '../../core/issuer.ts';
import { type Page, pageOf } from '../../core/page.ts';
import { type BadgeText, ImageError, type Imaging } from '../../imaging/index.ts';
import type { Database, Orm } from '../../store/db.ts';
import { recordEvent } from '../../store/events.ts';
import type { ListRequest } from '../../store/paging.ts';
import { imageRefused, quotaExceeded } from './errors.ts';
import { badgeText, MAX_IMAGES, MAX_TOTAL_BYTES } from './policy.ts';
import * as repository from './repository.ts';

export type { StoredImage } from './repository.ts';

export interface ImageNeeds {
  readonly db: Database;
  readonly imaging: Pick<Imaging, 'clean' | 'draw'>;
}

/** A badge that was drawn, and the words it was drawn from. */
export interface DrawnImage {
  readonly text: BadgeText;
  readonly png: Uint8Array;
}

export type ImageService = ReturnType<typeof imageService>;

export function imageService({ db, imaging }: ImageNeeds) {
  const clean: Imaging['clean'] = (image) =>
    imaging.clean(image).catch((error: unknown) => {
      throw error instanceof ImageError ? imageRefused(error) : error;
    });

  /** Drawing takes time, so it is done before the transaction in which the picture is kept. */
  async function draw(issuer: Issuer, credentialClass: DrawnClass): Promise<DrawnImage> {
    const text = badgeText(issuer, credentialClass);
    const { png } = await imaging.draw(text).catch((error: unknown) => {
      throw error instanceof ImageError ? imageRefused(error) : error;
    });
    return { text, png };
  }

  return {
    /** Keeps a picture; the same picture again is the one that is there. Needs a scope to write it into something. */
    async upload(
      caller: Caller,
      upload: { readonly bytes: Uint8Array; readonly mediaType: string },
    ): Promise<{ image: repository.StoredImage; created: boolean }> {
      requireScopeOf(caller, ['issuer.write', 'class.write']);
      const issuerId = actingIssuer(caller);
      const cleaned = await clean(upload);
      const digest = sha256Base64Url(cleaned.bytes);
      return db.transaction({ issuerId }, async (tx) => {
        const known = await repository.findImage(tx, issuerId, digest);
        if (known !== undefined) return { image: known, created: false };
        const { count, bytes } = await repository.uploadedSoFar(tx, issuerId);
        // Another upload of the same may have been waited for.
        const meanwhile = await repository.findImage(tx, issuerId, digest);
        if (meanwhile !== undefined) return { image: meanwhile, created: false };
        if (count >= MAX_IMAGES || bytes + cleaned.bytes.length > MAX_TOTAL_BYTES) {
          throw quotaExceeded(MAX_IMAGES, MAX_TOTAL_BYTES);
        }
        await repository.insertImage(tx, { issuerId, digest, drawn: false, ...cleaned });
        await recordEvent(tx, caller, issuerId, {
          action: 'image.upload',
          resourceType: 'image',
          resourceId: digest,
        });
        return { image: await mustFind(tx, issuerId, digest), created: true };
      });
    },

    async get(caller: Caller, digest: string): Promise<repository.StoredImage> {
      const issuerId = actingIssuer(caller);
      return db.transaction({ issuerId }, (tx) => mustFind(tx, issuerId, digest));
    },

    async list(caller: Caller, request: ListRequest): Promise<Page<repository.StoredImage>> {
      const issuerId = actingIssuer(caller);
      const rows = await db.transaction({ issuerId }, (tx) =>
        repository.listImages(tx, issuerId, request),
      );
      const keyOf = (row: repository.StoredImage) =>
        repository.sortKey(request, { ...row, id: row.digest });
      return pageOf(rows, request, keyOf, (row) => row);
    },

    /** Refuses a body that names a picture the issuer does not have; `pointer` says where it is named. */
    async requireImage(
      tx: Orm,
      issuerId: IssuerId,
      digest: string | undefined,
      pointer: string,
    ): Promise<void> {
      if (digest === undefined) return;
      if ((await repository.findImage(tx, issuerId, digest)) !== undefined) return;
      throw invalid('invalid-body', 'The body does not fit.', [imageUnknown(pointer)]);
    },

    draw,

    /**
     * The picture of a version that is being published, kept in its transaction: that of the body, or the badge
     * drawn from it, anew where what it was drawn from changed meanwhile. Returns the digest.
     */
    async forPublication(
      tx: Orm,
      issuer: Issuer,
      credentialClass: DrawnClass,
      drawn: DrawnImage | undefined,
    ): Promise<string> {
      const own = credentialClass.body.image?.id;
      if (own !== undefined) return own;
      const text = badgeText(issuer, credentialClass);
      const fresh = drawn !== undefined && canonicalJson(drawn.text) === canonicalJson(text);
      const { png } = fresh ? drawn : await draw(issuer, credentialClass);
      const digest = sha256Base64Url(png);
      await repository.insertImage(tx, {
        issuerId: issuer.id,
        digest,
        mediaType: 'image/png',
        width: DRAWN_SIDE,
        height: DRAWN_SIDE,
        drawn: true,
        bytes: png,
      });
      return digest;
    },
  };
}

type DrawnClass = Pick<CredentialClass, 'body' | 'lineageId'>;

/** Pixels of a drawn badge. */
const DRAWN_SIDE = 512;

/** The fault of a body that names no picture of the issuer. */
function imageUnknown(pointer: string) {
  return { pointer, code: 'image-unknown', message: 'The issuer has no such image.' };
}

async function mustFind(
  tx: Orm,
  issuerId: IssuerId,
  digest: string,
): Promise<repository.StoredImage> {
  const found = await repository.findImage(tx, issuerId, digest);
  if (found === undefined) throw notFound('image');
  return found;
}
