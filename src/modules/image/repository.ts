import { and, eq, sql } from 'drizzle-orm';
import type { IssuerId } from '../../core/id.ts';
import type { Orm } from '../../store/db.ts';
import { type ListRequest, pageClauses, placedIfFeed } from '../../store/paging.ts';
import { image } from '../../store/tables/image.ts';
import { issuer } from '../../store/tables/issuer.ts';

export { sortKey } from '../../store/paging.ts';

/** A picture without its bytes. */
export interface StoredImage {
  readonly issuerId: IssuerId;
  /** SHA-256 of the bytes in base64url: the id. */
  readonly digest: string;
  readonly mediaType: string;
  readonly width: number;
  readonly height: number;
  /** Bytes. */
  readonly size: number;
  /** Drawn by the service, not uploaded. */
  readonly drawn: boolean;
  readonly createdAt: Date;
  readonly tx: string;
}

export type NewImage = Omit<StoredImage, 'createdAt' | 'tx' | 'size'> & {
  readonly bytes: Uint8Array;
};

const shown = {
  issuerId: image.issuerId,
  digest: image.digest,
  mediaType: image.mediaType,
  width: image.width,
  height: image.height,
  size: image.size,
  drawn: image.drawn,
  createdAt: image.createdAt,
  tx: image.tx,
};

/** Adds a picture; what is there already stays as it is. */
export async function insertImage(tx: Orm, { bytes, ...added }: NewImage): Promise<void> {
  await tx
    .insert(image)
    .values({ ...added, size: bytes.length, body: bytes })
    .onConflictDoNothing();
}

export async function findImage(
  tx: Orm,
  issuerId: string,
  digest: string,
): Promise<StoredImage | undefined> {
  const [row] = await tx
    .select(shown)
    .from(image)
    .where(and(eq(image.issuerId, issuerId), eq(image.digest, digest)));
  return row && fromRow(row);
}

/** Rows of one page and one more. */
export async function listImages(
  tx: Orm,
  issuerId: string,
  request: ListRequest,
): Promise<StoredImage[]> {
  const { where, orderBy } = pageClauses(request, {
    createdAt: image.createdAt,
    // A picture never changes.
    updatedAt: image.createdAt,
    tx: image.tx,
    id: image.digest,
  });
  const rows = await tx
    .select(shown)
    .from(image)
    .where(and(eq(image.issuerId, issuerId), where))
    .orderBy(...orderBy)
    .limit(request.limit + 1);
  return placedIfFeed(tx, request, rows.map(fromRow));
}

/** How much an issuer has uploaded. Locks the issuer, so that two uploads at once do not both fit. */
export async function uploadedSoFar(
  tx: Orm,
  issuerId: string,
): Promise<{ readonly count: number; readonly bytes: number }> {
  await tx
    .select({ id: issuer.issuerId })
    .from(issuer)
    .where(eq(issuer.issuerId, issuerId))
    .for('no key update');
  const [row] = await tx
    .select({
      count: sql<number>`count(*)::int`,
      bytes: sql<string>`coalesce(sum(${image.size}), 0)::text`,
    })
    .from(image)
    .where(and(eq(image.issuerId, issuerId), eq(image.drawn, false)));
  return { count: row?.count ?? 0, bytes: Number(row?.bytes ?? 0) };
}

function fromRow(row: Omit<StoredImage, 'issuerId'> & { readonly issuerId: string }): StoredImage {
  return { ...row, issuerId: row.issuerId as IssuerId };
}
