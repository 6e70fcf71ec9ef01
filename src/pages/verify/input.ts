/** What the form of the verify page holds, and what can be wrong with it before anything is verified. */

/** The fields by the names they have in the form. */
export const FIELDS = {
  file: 'file',
  address: 'address',
  recipientType: 'recipient-type',
  recipient: 'recipient',
} as const;

export type Field = keyof typeof FIELDS;

export interface GivenForm {
  /** Absent where none was chosen. */
  readonly file?: { readonly name: string; readonly bytes: Uint8Array };
  readonly address: string;
  readonly recipientType: 'email' | 'identifier';
  readonly recipient: string;
}

/** What is put back into the form. A browser never lets a file be put back. */
export type FormValues = Omit<GivenForm, 'file'>;

export const EMPTY_FORM: FormValues = { address: '', recipientType: 'email', recipient: '' };

export interface FormFault {
  readonly code: FaultCode;
  readonly field: Field;
}

export type FaultCode =
  | 'nothing-given'
  | 'both-given'
  | 'file-empty'
  | 'file-too-large'
  | 'address-malformed'
  | 'recipient-malformed'
  | 'recipient-too-long'
  | 'form-unreadable';

export interface Recipient {
  readonly type: 'email' | 'identifier';
  readonly value: string;
}

/** What is to be verified: the bytes of a file, or what is found at an address. */
export type Request = (
  | { readonly kind: 'file'; readonly name: string; readonly bytes: Uint8Array }
  | { readonly kind: 'address'; readonly address: string }
) & { readonly recipient?: Recipient };

export const MAX_FILE_BYTES = 1_048_576;
export const MAX_ADDRESS_LENGTH = 2_048;
const MAX_RECIPIENT_LENGTH = 320;

/** The request that a form makes, or all that is wrong with it, in the order of the fields. */
export function readForm(
  form: GivenForm,
): { readonly request: Request } | { readonly faults: readonly FormFault[] } {
  const faults = [...subjectFaults(form), ...recipientFaults(form)];
  if (faults.length > 0) return { faults };
  const { file, address, recipientType } = form;
  const value = form.recipient.trim();
  const recipient = value === '' ? {} : { recipient: { type: recipientType, value } };
  return {
    request:
      file === undefined
        ? { kind: 'address', address: address.trim(), ...recipient }
        : { kind: 'file', ...file, ...recipient },
  };
}

function subjectFaults({ file, address }: GivenForm): FormFault[] {
  const hasAddress = address.trim() !== '';
  if (file !== undefined && hasAddress) return [{ code: 'both-given', field: 'file' }];
  if (file !== undefined) return fileFaults(file.bytes.length);
  if (!hasAddress) return [{ code: 'nothing-given', field: 'file' }];
  return isAddress(address.trim()) ? [] : [{ code: 'address-malformed', field: 'address' }];
}

function fileFaults(length: number): FormFault[] {
  if (length === 0) return [{ code: 'file-empty', field: 'file' }];
  return length > MAX_FILE_BYTES ? [{ code: 'file-too-large', field: 'file' }] : [];
}

/** Whether a text is an address at all; which hosts may be asked is for the verifier to say. */
function isAddress(text: string): boolean {
  if (text.length > MAX_ADDRESS_LENGTH || /\s/.test(text)) return false;
  const url = URL.parse(text);
  return url?.protocol === 'https:' || url?.protocol === 'http:';
}

function recipientFaults({ recipient, recipientType }: GivenForm): FormFault[] {
  const value = recipient.trim();
  if (value === '') return [];
  if (value.length > MAX_RECIPIENT_LENGTH) {
    return [{ code: 'recipient-too-long', field: 'recipient' }];
  }
  return recipientType === 'email' && !/^[^\s@]+@[^\s@]+$/.test(value)
    ? [{ code: 'recipient-malformed', field: 'recipient' }]
    : [];
}
