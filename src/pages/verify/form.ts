/** The form of the verify page: usable by keyboard and ear alone, and without scripts. */
import { type Content, type Element, h } from '../element.ts';
import { linkFor, type Reader } from '../language.ts';
import {
  FIELDS,
  type Field,
  type FormFault,
  type FormValues,
  MAX_ADDRESS_LENGTH,
} from './input.ts';
import type { VerifyWords } from './words.ts';

export interface FormState {
  readonly values: FormValues;
  readonly faults: readonly FormFault[];
}

/** Labels in the summary lead to the field they are about. */
const ID: Readonly<Record<Field, string>> = {
  file: 'file',
  address: 'address',
  recipientType: 'recipient-email',
  recipient: 'recipient',
};

export function formView(
  { values, faults }: FormState,
  words: VerifyWords,
  reader: Reader,
  root: string,
): Element {
  const field = fieldsWith(faults, words);
  return h(
    'form',
    {
      method: 'post',
      action: linkFor(`${root}/verify`, reader),
      enctype: 'multipart/form-data',
      // Our own words, in the language of the page, beside the field: not the bubbles of the browser.
      novalidate: true,
      class: 'verify-form',
    },
    h(
      'fieldset',
      null,
      h('legend', null, words.whatToCheck),
      h('p', { class: 'hint' }, words.oneOfTwo),
      field('file', words.file, words.fileHint, { type: 'file' }),
      h('p', { class: 'or' }, words.or),
      field('address', words.address, words.addressHint, {
        type: 'url',
        value: values.address,
        maxlength: MAX_ADDRESS_LENGTH,
        autocomplete: 'off',
        spellcheck: 'false',
        dir: 'ltr',
      }),
    ),
    h(
      'fieldset',
      { 'aria-describedby': 'about-recipient' },
      h('legend', null, words.recipient),
      h('p', { class: 'hint', id: 'about-recipient' }, words.recipientHint),
      recipientTypes(values, words),
      field('recipient', words.value, undefined, {
        type: 'text',
        value: values.recipient,
        maxlength: 320,
        // It is somebody else's, never the reader's own.
        autocomplete: 'off',
        spellcheck: 'false',
        dir: 'ltr',
      }),
    ),
    h('p', { class: 'hint' }, words.notKept),
    h('p', null, h('button', { type: 'submit' }, words.submit)),
  );
}

type Attributes = Readonly<Record<string, string | number>>;

/** Writes fields with their hint and their fault, both tied to the field for whoever does not see them beside it. */
function fieldsWith(faults: readonly FormFault[], words: VerifyWords) {
  return (name: Field, label: string, hint: string | undefined, input: Attributes): Element => {
    const id = ID[name];
    const fault = faults.find((one) => one.field === name);
    const notes = [
      hint === undefined ? undefined : h('p', { class: 'hint', id: `${id}-hint` }, hint),
      fault && faultNote(fault, `${id}-fault`, words),
    ].filter((note) => note !== undefined);
    const described = notes.map((note) => String(note.props.id)).join(' ');
    return h(
      'div',
      { class: fault === undefined ? 'field' : 'field field-faulty' },
      h('label', { for: id }, label),
      notes,
      h('input', {
        id,
        name: FIELDS[name],
        'aria-invalid': fault && 'true',
        'aria-describedby': described === '' ? undefined : described,
        ...input,
      }),
    );
  };
}

function faultNote({ code }: FormFault, id: string, words: VerifyWords): Element {
  return h('p', { class: 'fault', id }, `${words.errorPrefix}${words.faults[code]}`);
}

function recipientTypes({ recipientType }: FormValues, words: VerifyWords): Element {
  const choice = (type: FormValues['recipientType'], label: Content) =>
    h(
      'label',
      { class: 'choice', for: `recipient-${type}` },
      h('input', {
        id: `recipient-${type}`,
        type: 'radio',
        name: FIELDS.recipientType,
        value: type,
        checked: type === recipientType ? true : undefined,
      }),
      ' ',
      label,
    );
  return h(
    'div',
    { class: 'choices', role: 'radiogroup', 'aria-label': words.recipientType },
    choice('email', words.email),
    choice('identifier', words.identifier),
  );
}

/** What is wrong, above the form: read first, and each entry leads to its field. */
export function faultSummary(faults: readonly FormFault[], words: VerifyWords): Element | null {
  if (faults.length === 0) return null;
  return h(
    'div',
    { class: 'fault-summary', role: 'alert', 'aria-labelledby': 'fault-summary-title' },
    h('h2', { id: 'fault-summary-title' }, words.problem),
    h(
      'ul',
      null,
      faults.map(({ code, field }) =>
        h('li', null, h('a', { href: `#${ID[field]}` }, words.faults[code])),
      ),
    ),
  );
}
