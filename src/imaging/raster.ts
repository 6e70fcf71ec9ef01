/** PNG and JPEG: decoded within bounds and written anew, so that only the picture remains of what came in. */
import sharp from 'sharp';
import { type CleanImage, ImageError, MAX_SIDE, MAX_WRITTEN_BYTES, MIN_SIDE } from './image.ts';
import { isPng, refuseUnsoundPng } from './png.ts';

sharp.cache(false);
sharp.concurrency(1);

const DECODE_SECONDS = 6;

/** Every JPEG begins with the marker SOI and another marker (ITU-T T.81, B.2.1). */
export function isJpeg(bytes: Uint8Array): boolean {
  return bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff;
}

/**
 * The picture upright, in sRGB with eight bits, without EXIF, places, profiles, texts or a badge baked into it.
 * `as: 'png'` writes a JPEG as PNG too, which loses nothing however often it is done.
 */
export async function cleanRaster(
  bytes: Uint8Array,
  options: { readonly as?: 'png'; readonly minSide?: number } = {},
): Promise<CleanImage> {
  const png = isPng(bytes);
  if (png) refuseUnsoundPng(bytes);
  const image = await open(bytes);
  refuseSize(image.size, options.minSide ?? MIN_SIDE);
  const upright = image.picture
    .timeout({ seconds: DECODE_SECONDS })
    .autoOrient()
    .toColourspace('srgb');
  const asPng = png || options.as === 'png';
  const written = asPng
    ? upright.png({ compressionLevel: 9, adaptiveFiltering: true })
    : upright.jpeg({ quality: 90, chromaSubsampling: '4:4:4' });
  const { data, info } = await written
    .toBuffer({ resolveWithObject: true })
    .catch((cause: unknown) => {
      throw broken(cause);
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
    failOn: 'warning',
    sequentialRead: true,
    pages: 1,
  });
  const found = await picture.metadata().catch((cause: unknown) => {
    throw /pixel limit/.test(String(cause)) ? tooManyPixels() : broken(cause);
  });
  if (found.pages !== undefined && found.pages > 1) {
    throw new ImageError('animated', 'The picture has several pages; send one.');
  }
  return { picture, size: { width: found.width, height: found.height } };
}

function refuseSize({ width, height }: Size, minSide: number): void {
  if (width > MAX_SIDE || height > MAX_SIDE) throw tooManyPixels();
  if (width < minSide || height < minSide) {
    throw new ImageError('too-small', `Each side has at least ${minSide} pixels.`);
  }
}

function tooManyPixels(): ImageError {
  return new ImageError('too-many-pixels', `No side has more than ${MAX_SIDE} pixels.`);
}

function broken(cause: unknown): ImageError {
  return new ImageError('broken', 'The picture is damaged and cannot be decoded.', cause);
}
