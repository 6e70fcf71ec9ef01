/**
 * The body of an imaging thread. It runs apart because decoders and parsers can be made slow or greedy by a
 * hostile file. Libraries are loaded when they are first needed: a thread that draws parses no SVG.
 */
import {
  type BadgeText,
  type CleanImage,
  type DrawnBadge,
  ImageError,
  type ImageType,
  MAX_RASTER_BYTES,
  MAX_SVG_BYTES,
  type WorkerAnswer,
} from './image.ts';
import { isPng } from './png.ts';

export interface UploadedImage {
  readonly bytes: Uint8Array;
  /** What the sender says it is. */
  readonly mediaType: string;
}

/** The picture as it may be kept. Its type is what the bytes are, which must be what the sender says. */
export function clean({ bytes, mediaType }: UploadedImage): Promise<WorkerAnswer<CleanImage>> {
  return answered(async () => {
    const found = await typeOf(bytes);
    if (found !== mediaType) {
      throw new ImageError('type-mismatch', `The bytes are ${found}, the content type is not.`);
    }
    const limit = found === 'image/svg+xml' ? MAX_SVG_BYTES : MAX_RASTER_BYTES;
    if (bytes.length > limit) {
      throw new ImageError('too-large', `At most ${limit / 1024} KiB are taken.`);
    }
    if (found === 'image/svg+xml') return (await import('./svg/clean.ts')).cleanSvg(bytes);
    return (await import('./raster.ts')).cleanRaster(bytes);
  });
}

export function draw(text: BadgeText): Promise<WorkerAnswer<DrawnBadge>> {
  return answered(async () => (await import('./badge/draw.ts')).drawBadge(text));
}

async function typeOf(bytes: Uint8Array): Promise<ImageType> {
  if (isPng(bytes)) return 'image/png';
  if ((await import('./raster.ts')).isJpeg(bytes)) return 'image/jpeg';
  if ((await import('./svg/clean.ts')).looksLikeSvg(bytes)) return 'image/svg+xml';
  throw new ImageError('type-unsupported', 'A picture is a PNG, a JPEG or an SVG.');
}

async function answered<Result>(work: () => Promise<Result>): Promise<WorkerAnswer<Result>> {
  try {
    return { result: await work() };
  } catch (error) {
    if (error instanceof ImageError) return { fault: error.fault, message: error.message };
    if (error instanceof RangeError) return { fault: 'too-complex', message: TOO_COMPLEX };
    throw error;
  }
}

const TOO_COMPLEX = 'The picture takes too much work to be read.';
