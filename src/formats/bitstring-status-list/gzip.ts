/** One gzip member, no more and no less (RFC 1952). */
import { crc32, gzipSync, inflateRaw, inflateRawSync } from 'node:zlib';

const MAGIC = 0x1f8b;
const DEFLATE = 8;
const HEADER_LENGTH = 10;
const TRAILER_LENGTH = 8;
/** Byte of the header that names the operating system; 255 is "unknown". */
const OPERATING_SYSTEM = 9;
const UNKNOWN = 255;
/** FTEXT says nothing about the data; the other flags announce fields that a status list has no use for. */
const FTEXT = 1;

/** The same bytes for the same input on every machine: no time, no operating system. */
export function gzip(data: Uint8Array): Buffer {
  const compressed = gzipSync(data, { level: 6 });
  compressed[OPERATING_SYSTEM] = UNKNOWN;
  return compressed;
}

/**
 * The content of a single gzip member, or undefined where the bytes are anything else: a second member,
 * trailing bytes, a wrong checksum, optional header fields. Throws RangeError (`ERR_BUFFER_TOO_LARGE`) as
 * soon as more than `maxBytes` come out. `gunzipSync` would read on into further members and pass over
 * trailing bytes, and so hide data from the reader.
 */
export function gunzipOne(compressed: Buffer, maxBytes: number): Uint8Array | undefined {
  if (!hasPlainHeader(compressed)) return undefined;
  const options = { maxOutputLength: maxBytes, info: true };
  // With `info` the function also tells what it consumed; the type declarations do not know it.
  const inflated = inflateRawSync(
    compressed.subarray(HEADER_LENGTH),
    options,
  ) as unknown as Inflated;
  return soundContent(compressed, inflated);
}

/** The same for what strangers made, on a thread of its own; rejects where the other throws. */
export async function gunzipForeign(
  compressed: Buffer,
  maxBytes: number,
): Promise<Uint8Array | undefined> {
  if (!hasPlainHeader(compressed)) return undefined;
  const options = { maxOutputLength: maxBytes, info: true };
  const inflated = await new Promise<Inflated>((resolve, reject) => {
    inflateRaw(compressed.subarray(HEADER_LENGTH), options, (error, result) => {
      if (error === null) resolve(result as unknown as Inflated);
      else reject(error);
    });
  });
  return soundContent(compressed, inflated);
}

interface Inflated {
  readonly buffer: Buffer;
  readonly engine: { readonly bytesWritten: number };
}

function soundContent(compressed: Buffer, { buffer, engine }: Inflated): Uint8Array | undefined {
  const trailer = compressed.subarray(HEADER_LENGTH + engine.bytesWritten);
  const sound =
    trailer.length === TRAILER_LENGTH &&
    trailer.readUInt32LE(0) === crc32(buffer) &&
    trailer.readUInt32LE(4) === buffer.length;
  return sound ? buffer : undefined;
}

function hasPlainHeader(bytes: Buffer): boolean {
  return (
    bytes.length > HEADER_LENGTH + TRAILER_LENGTH &&
    bytes.readUInt16BE(0) === MAGIC &&
    bytes[2] === DEFLATE &&
    ((bytes[3] ?? 0) & ~FTEXT) === 0
  );
}
