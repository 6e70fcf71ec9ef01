import { deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { describe, expect, it, test } from 'vitest';
import { clean } from '../../../src/imaging/worker.ts';
import { chunk, END, header, pixels, png, SIGNATURE } from './support/png.ts';

const take = (bytes: Uint8Array, mediaType = 'image/png'): Promise<any> =>
  clean({ bytes, mediaType });
const faultOf = async (bytes: Uint8Array, mediaType?: string) =>
  (await take(bytes, mediaType)).fault;
const PLACE = Buffer.from('Exif\0\0N 50.45 E 3.95, Zoé Lambert');

async function photo(): Promise<Buffer> {
  return sharp({ create: { width: 80, height: 40, channels: 3, background: '#336699' } })
    .withExif({
      IFD0: { Artist: 'Zoe Lambert', ImageDescription: 'at home' },
      IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '50/1 27/1 0/1' },
    })
    .withMetadata({ orientation: 6 })
    .jpeg()
    .toBuffer();
}

describe('A PNG or JPEG is kept as a picture and nothing else', () => {
  it('a sound one is written anew, the same bytes each time', async () => {
    const { result } = await take(png());
    expect(result).toMatchObject({ mediaType: 'image/png', width: 64, height: 64 });
    expect(await take(png())).toEqual({ result });
    const again = await take(result.bytes);
    expect(Buffer.from(again.result.bytes).equals(result.bytes)).toBe(true);
  });

  it('neither texts nor a badge baked into it, places, profiles nor private chunks remain', async () => {
    const secret = Buffer.from('openbadgecredential\0\0\0\0\0{"name":"secret"}');
    const extra = [
      chunk('iTXt', secret),
      chunk('tEXt', Buffer.from('Author\0secret')),
      chunk('zTXt', Buffer.concat([Buffer.from('x\0\0'), deflateSync(Buffer.from('secret'))])),
      chunk('eXIf', Buffer.from('MM\0*\0\0\0\x08secret')),
      chunk('prVt', Buffer.from('<script>secret</script>')),
    ];
    const { result } = await take(png({ extra }));
    const text = Buffer.from(result.bytes).toString('latin1');
    expect(text).not.toMatch(/secret|openbadge|iTXt|tEXt|zTXt|eXIf|prVt|script/);
  });

  it('a photograph comes out upright without camera, place or person', async () => {
    const before = await photo();
    expect((await sharp(before).metadata()).exif).toBeDefined();
    const { result } = await take(before, 'image/jpeg');
    expect(result).toMatchObject({ mediaType: 'image/jpeg', width: 40, height: 80 });
    const after = await sharp(result.bytes).metadata();
    expect([after.exif, after.xmp, after.iptc, after.icc, after.orientation]).toEqual(
      Array(5).fill(undefined),
    );
    expect(Buffer.from(result.bytes).toString('latin1')).not.toMatch(/Exif|Zoe|home/);
  });

  it('what hides behind or inside a JPEG is gone', async () => {
    const hidden = Buffer.concat([await photo(), Buffer.from('<html><script>alert(1)</script>PK')]);
    const { result } = await take(hidden, 'image/jpeg');
    expect(Buffer.from(result.bytes).toString('latin1')).not.toContain('script');
  });
});

const damaged = (() => {
  const bytes = png();
  bytes[bytes.indexOf('IDAT') + 10] = (bytes[bytes.indexOf('IDAT') + 10] ?? 0) ^ 1;
  return bytes;
})();
const frames = chunk('acTL', Buffer.from([0, 0, 0, 2, 0, 0, 0, 0]));
const manyChunks = Array.from({ length: 50_000 }, () => chunk('tEXt', Buffer.from('a\0b')));

const UNSOUND: readonly (readonly [string, Uint8Array, string])[] = [
  [
    'a header that promises 65535 x 65535',
    Buffer.concat([SIGNATURE, header(65535, 65535), pixels(8, 8), END]),
    'too-many-pixels',
  ],
  [
    'a side of 2^31 - 1',
    Buffer.concat([SIGNATURE, header(2_147_483_647, 1), pixels(1, 1), END]),
    'broken',
  ],
  ['a side above 4096', png({ width: 4097, height: 32 }), 'too-many-pixels'],
  ['a side of nothing', Buffer.concat([SIGNATURE, header(0, 64), pixels(1, 1), END]), 'broken'],
  ['a side below 32', png({ width: 31, height: 64 }), 'too-small'],
  [
    'fewer pixels than promised',
    Buffer.concat([SIGNATURE, header(64, 64), pixels(64, 3), END]),
    'broken',
  ],
  ['a wrong checksum', damaged, 'broken'],
  ['an end cut off', png().subarray(0, -8), 'broken'],
  ['nothing but a signature', SIGNATURE, 'broken'],
  ['no header', Buffer.concat([SIGNATURE, pixels(64, 64), END]), 'broken'],
  [
    'a chunk longer than the file',
    Buffer.concat([SIGNATURE, Buffer.from('7fffffff49484452', 'hex'), Buffer.alloc(20)]),
    'broken',
  ],
  ['bytes behind the end', png({ behind: Buffer.from('<script>') }), 'broken'],
  ['a second picture behind the first', png({ behind: png() }), 'broken'],
  ['50,000 chunks', png({ extra: manyChunks }), 'too-complex'],
  ['an animation', png({ extra: [frames] }), 'animated'],
];

test.each(UNSOUND)('A PNG with %s is refused', async (_, bytes, fault) => {
  expect(await faultOf(bytes)).toBe(fault);
});

describe('The bytes decide what a picture is', () => {
  const NOTHING: readonly (readonly [string, Buffer])[] = [
    ['a GIF', Buffer.from('GIF89a\x01\0\x01\0/*<svg>*/=alert(1)//', 'latin1')],
    ['a WebP', Buffer.from('RIFF\x24\0\0\0WEBPVP8 ', 'latin1')],
    ['a TIFF', Buffer.from('II*\0\x08\0\0\0', 'latin1')],
    ['HTML', Buffer.from('<!doctype html><script>alert(1)</script>')],
    ['a script', Buffer.from('alert(1)')],
    ['a PDF', Buffer.from('%PDF-1.7')],
    ['nothing', Buffer.alloc(0)],
  ];
  test.each(NOTHING)('%s is none, whatever it is said to be', async (_, bytes) => {
    for (const mediaType of ['image/png', 'image/jpeg', 'image/svg+xml']) {
      expect(await faultOf(bytes, mediaType)).toBe('type-unsupported');
    }
  });

  it('a picture said to be another kind is refused', async () => {
    expect(await faultOf(png(), 'image/jpeg')).toBe('type-mismatch');
    expect(await faultOf(png(), 'image/svg+xml')).toBe('type-mismatch');
    expect(await faultOf(await photo(), 'image/png')).toBe('type-mismatch');
  });

  it('a broken JPEG is refused, wherever it is cut', async () => {
    const whole = await photo();
    for (const length of [3, 20, 200, Math.floor(whole.length / 2), whole.length - 2]) {
      expect(await faultOf(whole.subarray(0, length), 'image/jpeg')).toBe('broken');
    }
  });

  it('more bytes than allowed are refused before they are decoded', async () => {
    const large = Buffer.concat([SIGNATURE, Buffer.alloc(1_048_576)]);
    expect(await faultOf(large)).toBe('too-large');
  });

  it('no other reader is open, even to who asks for it by name', async () => {
    const gif = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64');
    await expect(sharp(gif).metadata()).rejects.toThrow();
    await expect(sharp(png()).metadata()).resolves.toMatchObject({ format: 'png' });
  });

  it('what a fault says quotes nothing of the file', async () => {
    const { message } = await take(Buffer.concat([SIGNATURE, PLACE]));
    expect(message).not.toContain('Zo');
  });
});
