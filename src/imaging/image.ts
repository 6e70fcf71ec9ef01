/** What the room takes and gives: pictures as bytes, faults as words. */

/** What may be uploaded; anything else is refused. */
export const IMAGE_TYPES = ['image/png', 'image/jpeg', 'image/svg+xml'] as const;
export type ImageType = (typeof IMAGE_TYPES)[number];

export const MAX_RASTER_BYTES = 1_048_576;
export const MAX_SVG_BYTES = 262_144;
/** Longest side in pixels; 4096 x 4096 is 64 MiB once decoded. */
export const MAX_SIDE = 4096;
/** Shortest side in pixels of a PNG or JPEG. */
export const MIN_SIDE = 32;
/** What is written may be larger than what was read, within bounds. */
export const MAX_WRITTEN_BYTES = 4_194_304;

/** A picture as this room wrote it: nothing of what was read is in it but the picture. */
export interface CleanImage {
  readonly mediaType: ImageType;
  /** Pixels; of an SVG its own units, rounded. */
  readonly width: number;
  readonly height: number;
  readonly bytes: Uint8Array;
}

/** Why a picture is refused. */
export type ImageFault =
  | 'type-unsupported'
  | 'type-mismatch'
  | 'too-large'
  | 'too-small'
  | 'too-many-pixels'
  | 'animated'
  | 'broken'
  | 'unsafe'
  | 'too-complex'
  /** Too many pictures are waiting already. */
  | 'overloaded';

/** A refusal. The message is ours and quotes nothing of the picture. */
export class ImageError extends Error {
  readonly fault: ImageFault;

  constructor(fault: ImageFault, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'ImageError';
    this.fault = fault;
  }
}

/** What a worker sends back. Errors travel as data, because only plain data survives the way unharmed. */
export type WorkerAnswer<Result> =
  | { readonly result: Result }
  | { readonly fault: ImageFault; readonly message: string };

/** The picture drawn for a class that has none. The same members give the same bytes. */
export interface BadgeText {
  readonly title: string;
  readonly issuer: string;
  /** A word above the title, for example the issuer's own for a micro-credential. */
  readonly label: string | undefined;
  /** Short facts, for example `6 ECTS`; at most three are drawn. */
  readonly facts: readonly string[];
  /** What the colours are derived from: the same for everything of one issuer. */
  readonly colourSeed: string;
  /** What the pattern is derived from. */
  readonly patternSeed: string;
}

export interface DrawnBadge {
  readonly svg: string;
  readonly png: Uint8Array;
}
