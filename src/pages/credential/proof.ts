/** The checks, how to make them oneself, and the signed files. */
import { sharedAddress } from '../../core/share-token.ts';
import type { Check } from '../../core/verdict.ts';
import { section } from '../annex-i/class-elements.ts';
import { cell, definitions, type Element, h, row, stackTable } from '../element.ts';
import { sizeText } from '../format.ts';
import { linkFor } from '../language.ts';
import { explanationOf, reportWords } from '../report/words.ts';
import type { Voice } from '../voice.ts';
import type { CredentialView, SignedForm } from './view.ts';

const MARKS: Readonly<Record<Check['outcome'], string>> = {
  passed: '✓',
  failed: '✕',
  undetermined: '?',
  skipped: '–',
};

export function checkSection(view: CredentialView, voice: Voice): Element {
  const { words } = voice;
  const { verification } = view;
  const content =
    verification === undefined
      ? h('p', null, words.credential.checksUnavailable)
      : [
          h('p', null, words.credential.checksIntro),
          h(
            'ul',
            { class: 'checks', role: 'list' },
            verification.checks.map((check) => checkItem(check, voice)),
          ),
        ];
  return section('checks', words.credential.checksHeading, content);
}

function checkItem({ name, outcome, code }: Check, { words, language }: Voice): Element {
  const explanation = explanationOf(code, reportWords(language));
  return h(
    'li',
    { class: outcome },
    h('span', { class: 'mark', 'aria-hidden': 'true' }, MARKS[outcome]),
    h('span', { class: 'question' }, words.checks[name]),
    h('span', { class: 'answer' }, words.outcomes[outcome]),
    explanation === undefined ? null : h('span', { class: 'note' }, explanation.meaning),
  );
}

export function selfCheckSection(view: CredentialView, root: string, voice: Voice): Element {
  const { words, reader } = voice;
  const { credential } = words;
  const signed = view.forms.find(({ format }) => format === 'ob3');
  const page = `${root}/verify?url=${encodeURIComponent(addressOf(view))}`;
  return section('self', credential.selfCheckHeading, [
    h('p', { class: 'screen' }, credential.selfCheckIntro),
    h(
      'p',
      { class: 'screen' },
      h('a', { class: 'button', href: linkFor(page, reader) }, credential.selfCheckHere),
    ),
    h('p', { class: 'screen' }, credential.selfCheckElsewhere),
    definitions([
      row(credential.address, h('span', { class: 'address' }, view.url)),
      row(credential.fingerprint, signed && h('code', null, signed.digest)),
    ]),
  ]);
}

/** The address at which the reader is shown the credential. */
function addressOf({ url, token }: CredentialView): string {
  return token === undefined ? url : sharedAddress(url, token);
}

/** The path of one signed form, for this reader. */
export function formPath({ url, token }: CredentialView, suffix: string): string {
  const path = `${new URL(url).pathname}${suffix}`;
  return token === undefined ? path : sharedAddress(path, token);
}

/** Files below the address of the credential, by the suffix that names the form. */
const SUFFIXES: Readonly<Record<SignedForm['format'], string>> = {
  ob3: '.json',
  'ob3-jwt': '.jwt',
};

export function downloadSection(view: CredentialView, voice: Voice): Element {
  const { credential } = voice.words;
  const columns = [credential.file, credential.type, credential.size];
  const table = stackTable(
    h('caption', null, credential.filesCaption),
    columns,
    view.forms.map((form) => formRow(view, form, voice)),
  );
  return h('div', { class: 'screen' }, section('files', credential.downloads, table));
}

function formRow(view: CredentialView, form: SignedForm, voice: Voice): Element {
  const { credential } = voice.words;
  const path = formPath(view, SUFFIXES[form.format]);
  const name = path.slice(path.lastIndexOf('/') + 1).replace(/\?.*$/, '');
  const label = form.format === 'ob3' ? credential.formJson : credential.formJwt;
  return h(
    'tr',
    null,
    h(
      'th',
      { scope: 'row' },
      h('a', { href: path, download: name, type: form.mediaType }, label),
      definitions([
        row(credential.algorithm, form.algorithm),
        row(credential.key, form.key && h('code', null, form.key)),
        row(credential.fingerprint, h('code', null, form.digest)),
      ]),
    ),
    cell(credential.type, h('code', null, form.mediaType)),
    cell(credential.size, h('span', { class: 'whole' }, sizeText(form.size, voice.language))),
  );
}
