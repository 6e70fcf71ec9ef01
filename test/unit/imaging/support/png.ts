/** PNG files made byte by byte, sound and unsound ones. */
import { crc32, deflateSync } from 'node:zlib';

export const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

export function chunk(type: string, data: Uint8Array = Buffer.alloc(0)): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}

export function header(width: number, height: number, colourType = 2): Buffer {
  const data = Buffer.alloc(13);
  data.writeUInt32BE(width, 0);
  data.writeUInt32BE(height, 4);
  data[8] = 8;
  data[9] = colourType;
  return chunk('IHDR', data);
}

/** Pixels of one colour. */
export function pixels(width: number, height: number): Buffer {
  const row = Buffer.alloc(1 + width * 3, 0x60);
  row[0] = 0;
  return chunk('IDAT', deflateSync(Buffer.concat(Array.from({ length: height }, () => row))));
}

export const END = chunk('IEND');

/** A sound PNG with more chunks before its pixels and bytes behind its end. */
export function png(
  options: {
    readonly width?: number;
    readonly height?: number;
    readonly extra?: readonly Buffer[];
    readonly behind?: Uint8Array;
  } = {},
): Buffer {
  const { width = 64, height = 64, extra = [], behind = Buffer.alloc(0) } = options;
  return Buffer.concat([
    SIGNATURE,
    header(width, height),
    ...extra,
    pixels(width, height),
    END,
    behind,
  ]);
}
