/** The body of the verify form: bounded before it is taken apart, then read by the platform. */
import { FIELDS, type GivenForm, MAX_FILE_BYTES } from '../../pages/verify/input.ts';

/** The file, and the other fields with what a form writes around them. */
export const MAX_FORM_BYTES = MAX_FILE_BYTES + 65_536;

export const FORM_TYPES = ['multipart/form-data', 'application/x-www-form-urlencoded'];

/** The form has four fields; taking thousands apart would cost a request a quarter of a second. */
const MAX_PARTS = 16;
const MAX_TEXT_LENGTH = 4_096;

/** The fields of a form, or undefined where it is not one that our page sends. */
export async function readFormBody(
  body: Uint8Array,
  contentType: string,
): Promise<GivenForm | undefined> {
  if (!isBounded(body, contentType)) return undefined;
  let form: FormData;
  try {
    form = await new Response(new Uint8Array(body), {
      headers: { 'content-type': contentType },
    }).formData();
  } catch {
    return undefined;
  }
  const address = textOf(form, FIELDS.address);
  const recipient = textOf(form, FIELDS.recipient);
  const type = textOf(form, FIELDS.recipientType);
  const files = form.getAll(FIELDS.file);
  if (address === undefined || recipient === undefined || files.length > 1) return undefined;
  const file = await fileOf(files[0]);
  return {
    address,
    recipient,
    recipientType: type === 'identifier' ? 'identifier' : 'email',
    ...(file && { file }),
  };
}

function isBounded(body: Uint8Array, contentType: string): boolean {
  if (!/^multipart\//i.test(contentType)) {
    return timesIn(body, Buffer.from('&'), MAX_PARTS) < MAX_PARTS;
  }
  const [, quoted, bare] = /;\s*boundary=(?:"([^"]+)"|([^\s";]+))/i.exec(contentType) ?? [];
  const boundary = quoted ?? bare ?? '';
  // RFC 2046, section 5.1.1: from 1 to 70 characters.
  if (boundary.length < 1 || boundary.length > 70) return false;
  return timesIn(body, Buffer.from(`--${boundary}`, 'latin1'), MAX_PARTS + 1) <= MAX_PARTS;
}

/** How often a mark stands in a body; counting stops at `limit`. */
function timesIn(body: Uint8Array, mark: Buffer, limit: number): number {
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  let count = 0;
  let at = bytes.indexOf(mark);
  while (at !== -1 && count < limit) {
    count++;
    at = bytes.indexOf(mark, at + mark.length);
  }
  return count;
}

/** The text of a field, empty where it is absent; undefined where it is no text, given twice or endless. */
function textOf(form: FormData, name: string): string | undefined {
  const [value = '', ...others] = form.getAll(name);
  if (typeof value !== 'string' || others.length > 0) return undefined;
  return value.length > MAX_TEXT_LENGTH ? undefined : value;
}

/** A browser sends an empty, nameless file where none was chosen. */
async function fileOf(value: FormDataEntryValue | undefined): Promise<GivenForm['file']> {
  if (value === undefined || typeof value === 'string') return undefined;
  if (value.size === 0 && value.name === '') return undefined;
  return { name: value.name.slice(0, 200), bytes: await value.bytes() };
}
