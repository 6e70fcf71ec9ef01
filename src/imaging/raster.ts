/** PNG and JPEG: decoded within bounds and written anew, so that only the picture remains of what came in. */
import { type CleanImage, ImageError, MAX_SIDE, MAX_WRITTEN_BYTES, MIN_SIDE } from './image.ts';
import { isPng, refuseUnsoundPng } from './png.ts';
import { sharp } from './vips.ts';

const DECODE_SECONDS = 12;

/** Every JPEG begins with the marker SOI and another marker (ITU-T T.81, B.2.1). */
export function isJpeg(bytes: Uint8Array): boolean {
  return bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff;
}

interface RasterOptions {
  /** Writes a JPEG as PNG too, which loses nothing however often it is done. */
  readonly as?: 'png';
  /** Pixels; absent: those of an upload. */
  readonly minSide?: number;
  readonly maxSide?: number;
}

/**
 * The picture upright, in sRGB with eight bits, without EXIF, places, profiles, texts or a badge baked into it.
 */
export async function cleanRaster(
  bytes: Uint8Array,
  options: RasterOptions = {},
): Promise<CleanImage> {
  const png = isPng(bytes);
  if (png) refuseUnsoundPng(bytes);
  else if (!isJpeg(bytes)) throw broken(undefined);
  const image = await open(bytes);
  refuseSize(image.size, options.minSide ?? MIN_SIDE, options.maxSide ?? MAX_SIDE);
  const upright = image.picture
    .timeout({ seconds: DECODE_SECONDS })
    .autoOrient()
    .toColourspace('srgb');
  const asPng = png || options.as === 'png';
  const written = asPng
    ? upright.png({ compressionLevel: 9 })
    : upright.jpeg({ quality: 90, chromaSubsampling: '4:4:4' });
  const { data, info } = await written
    .toBuffer({ resolveWithObject: true })
    .catch((cause: unknown) => {
      throw /^timeout/.test(messageOf(cause)) ? tooSlow(cause) : broken(cause);
    });
  if (data.length > MAX_WRITTEN_BYTES) {
    throw new ImageError('too-large', 'The picture takes too much room once it is decoded.');
  }
  const { width, height } = info;
  return { mediaType: asPng ? 'image/png' : 'image/jpeg', width, height, bytes: data };
}

interface Size {
  readonly width: number;
  readonly height: number;
}

async function open(bytes: Uint8Array) {
  const picture = sharp(bytes, {
    limitInputPixels: MAX_SIDE * MAX_SIDE,
    // Warnings are about profiles and stray bytes, of which nothing is kept.
    failOn: 'error',
    sequentialRead: true,
    pages: 1,
  });
  const found = await picture.metadata().catch((cause: unknown) => {
    throw /pixel limit/.test(String(cause)) ? tooManyPixels(MAX_SIDE) : broken(cause);
  });
  if (found.pages !== undefined && found.pages > 1) {
    throw new ImageError('animated', 'The picture has several pages; send one.');
  }
  return { picture, size: { width: found.width, height: found.height } };
}

function refuseSize({ width, height }: Size, minSide: number, maxSide: number): void {
  if (width > maxSide || height > maxSide) throw tooManyPixels(maxSide);
  if (width < minSide || height < minSide) {
    throw new ImageError('too-small', `Each side has at least ${minSide} pixels.`);
  }
}

function tooManyPixels(maxSide: number): ImageError {
  return new ImageError('too-many-pixels', `No side has more than ${maxSide} pixels.`);
}

function broken(cause: unknown): ImageError {
  return new ImageError('broken', 'The picture is damaged and cannot be decoded.', cause);
}

function tooSlow(cause: unknown): ImageError {
  return new ImageError('too-complex', 'The picture takes too much work to be decoded.', cause);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : '';
}
