/** The structure of a PNG (W3C PNG, third edition), held against bounds before anything is decoded. */
import { crc32 } from 'node:zlib';
import { ImageError } from './image.ts';

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a] as const;
const MAX_CHUNKS = 1000;
/** Length, type and CRC around the data of a chunk. */
const CHUNK_FRAME = 12;
const ANIMATION = new Set(['acTL', 'fcTL', 'fdAT']);

export function isPng(bytes: Uint8Array): boolean {
  return SIGNATURE.every((byte, at) => bytes[at] === byte);
}

interface Chunk {
  readonly type: string;
  readonly length: number;
  /** Where the next chunk begins. */
  readonly end: number;
}

/** Refuses a PNG that is cut off, damaged, animated, has too many chunks or more behind its end. */
export function refuseUnsoundPng(bytes: Uint8Array): void {
  let at: number = SIGNATURE.length;
  let count = 0;
  for (;;) {
    const chunk = chunkAt(bytes, at);
    if (++count > MAX_CHUNKS) throw new ImageError('too-complex', 'The PNG has too many chunks.');
    if (count === 1 && (chunk.type !== 'IHDR' || chunk.length !== 13)) {
      throw new ImageError('broken', 'The PNG does not begin with its header.');
    }
    if (ANIMATION.has(chunk.type)) {
      throw new ImageError('animated', 'The picture is animated; send a still one.');
    }
    at = chunk.end;
    if (chunk.type === 'IEND') break;
  }
  if (at !== bytes.length)
    throw new ImageError('broken', 'There is more behind the end of the PNG.');
}

function chunkAt(bytes: Uint8Array, at: number): Chunk {
  if (at + CHUNK_FRAME > bytes.length) throw new ImageError('broken', 'The PNG is cut off.');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = view.getUint32(at);
  const end = at + CHUNK_FRAME + length;
  if (end > bytes.length) throw new ImageError('broken', 'A part of the PNG is cut off.');
  const body = bytes.subarray(at + 4, end - 4);
  if (crc32(body) !== view.getUint32(end - 4)) {
    throw new ImageError('broken', 'A part of the PNG is damaged.');
  }
  return { type: String.fromCharCode(...body.subarray(0, 4)), length, end };
}
