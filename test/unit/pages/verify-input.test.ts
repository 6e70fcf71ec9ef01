import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readFormBody } from '../../../src/modules/verification/form-body.ts';
import { readForm } from '../../../src/pages/verify/input.ts';

const form = { address: '', recipientType: 'email', recipient: '' } as const;
const file = { name: 'a.json', bytes: Buffer.from('{}') };

describe('what the verify form says', () => {
  it('is either bytes or an address of the web, whatever is typed', () => {
    fc.assert(
      fc.property(fc.oneof(fc.webUrl(), fc.string()), fc.string(), (address, recipient) => {
        const read = readForm({ ...form, address, recipient });
        if ('faults' in read) {
          expect(read.faults.length).toBeGreaterThan(0);
          return;
        }
        expect(read.request.kind).toBe('address');
        const asked = read.request.kind === 'address' ? read.request.address : '';
        expect(URL.parse(asked)?.protocol).toMatch(/^https?:$/);
        expect(asked).toBe(address.trim());
        expect(read.request.recipient?.value).toBe(recipient.trim() || undefined);
      }),
    );
  });

  it('names all faults at once, in the order of the fields', () => {
    const read = readForm({ ...form, file, address: 'https://a.example/', recipient: 'nobody' });
    expect(read).toEqual({
      faults: [
        { code: 'both-given', field: 'file' },
        { code: 'recipient-malformed', field: 'recipient' },
      ],
    });
  });

  it('takes an identifier that is no e-mail address, and none that is endless', () => {
    const given = { ...form, file, recipientType: 'identifier' } as const;
    expect(readForm({ ...given, recipient: 'urn:schac:1234' })).toMatchObject({
      request: { recipient: { type: 'identifier', value: 'urn:schac:1234' } },
    });
    expect(readForm({ ...given, recipient: 'x'.repeat(321) })).toEqual({
      faults: [{ code: 'recipient-too-long', field: 'recipient' }],
    });
  });
});

describe('the body of a form', () => {
  it('that is anything at all is read or refused, and never thrown at', async () => {
    const types = fc.constantFrom(
      'multipart/form-data; boundary=x',
      'multipart/form-data; boundary="x"',
      'multipart/form-data; boundary=',
      'application/x-www-form-urlencoded',
    );
    const part = fc.constantFrom(
      '--x\r\n',
      '--x--\r\n',
      'Content-Disposition: form-data; name="file"; filename="a"\r\n\r\n',
      'Content-Disposition: form-data; name="address"\r\n\r\n',
      '\r\n',
      'address=a&',
      '\u0000',
    );
    const body = fc.oneof(
      fc.uint8Array({ maxLength: 200 }),
      fc.array(part, { maxLength: 12 }).map((parts) => Buffer.from(parts.join(''))),
    );
    await fc.assert(
      fc.asyncProperty(body, types, async (bytes, type) => {
        const read = await readFormBody(bytes, type);
        expect(read === undefined || typeof read.address === 'string').toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});
