/** A refusal as a page: what it means and, for a fault of ours, the number to name. No detail of the inside. */
import { h } from './element.ts';
import type { Reader } from './language.ts';
import { renderPage } from './layout.ts';
import { type Words, wordsIn } from './words.ts';

export interface ProblemView {
  readonly status: number;
  readonly requestId: string;
}

export function problemPage(
  { status, requestId }: ProblemView,
  request: { readonly reader: Reader; readonly path: string; readonly root: string },
): string {
  const words = wordsIn(request.reader.language);
  const { title, text } = words.problems[kindOf(status, words)];
  return renderPage({
    ...request,
    title,
    robots: 'noindex',
    body: h(
      'div',
      { class: 'problem' },
      h('p', { class: 'kicker' }, String(status)),
      h('h1', null, title),
      h('p', null, text),
      h('p', { class: 'note' }, `${words.requestNumber}${words.colon}`, h('code', null, requestId)),
    ),
  });
}

function kindOf(status: number, words: Words): keyof Words['problems'] {
  const kind = Object.keys(words.problems).find((one) => one === String(status));
  return (kind as keyof Words['problems'] | undefined) ?? 'other';
}
