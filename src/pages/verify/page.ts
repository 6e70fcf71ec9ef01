/** The pages under `/verify`: the form, the report, and what is said when nothing could be verified. */
import { withoutToken } from '../../core/share-token.ts';
import { type Content, definitions, h, row } from '../element.ts';
import { linkFor, type Reader } from '../language.ts';
import { renderPage } from '../layout.ts';
import { foreign, sentence } from '../report/parts.ts';
import type { ShownReport } from '../report/report.ts';
import { headlineOf, reportView } from '../report/view.ts';
import { reportWords } from '../report/words.ts';
import { type FormState, faultSummary, formView } from './form.ts';
import type { Request } from './input.ts';
import { verifyWords } from './words.ts';

export interface VerifyPage {
  readonly reader: Reader;
  /** Part of the path before ours; empty where the service stands at the root of its host. */
  readonly root: string;
}

/** The form, empty or prefilled, or as it was sent with what is wrong with it. */
export function formPage(page: VerifyPage, state: FormState): string {
  const words = verifyWords(page.reader.language);
  const faulty = state.faults.length > 0;
  return frame(page, {
    title: faulty ? `${words.errorPrefix}${words.title}` : words.title,
    address: state.values.address,
    // A form with the address of somebody's credential is nobody else's to find.
    robots: state.values.address === '' && !faulty ? 'index' : 'noindex',
    description: words.lead,
    body: [
      h('h1', null, words.title),
      faultSummary(state.faults, words),
      h('p', { class: 'intro' }, words.lead),
      formView(state, words, page.reader, page.root),
    ],
  });
}

export function reportPage(page: VerifyPage, report: ShownReport, request: Request): string {
  const { language } = page.reader;
  const words = verifyWords(language);
  const wordsOfReport = reportWords(language);
  return frame(page, {
    title: headlineOf(report, wordsOfReport),
    address: request.kind === 'address' ? request.address : '',
    robots: 'noindex',
    body: [
      reportView(report, wordsOfReport),
      h(
        'section',
        { class: 'checked-input' },
        definitions([
          request.kind === 'file'
            ? row(words.checkedFile, foreign(request.name))
            : row(words.checkedAddress, foreign(withoutToken(request.address))),
          request.recipient && row(words.value, foreign(request.recipient.value)),
        ]),
        h(
          'p',
          { class: 'again' },
          h('a', { href: linkFor(`${page.root}/verify`, page.reader) }, words.again),
        ),
      ),
    ],
  });
}

export type Refusal =
  | { readonly kind: 'busy' | 'slowDown'; readonly retryAfterSeconds: number }
  | { readonly kind: 'fault' };

/** Nothing was verified, through no fault of the credential. */
export function refusalPage(page: VerifyPage, refusal: Refusal): string {
  const words = verifyWords(page.reader.language);
  const { title, body } = words[refusal.kind];
  const seconds = refusal.kind === 'fault' ? '' : String(refusal.retryAfterSeconds);
  return frame(page, {
    title,
    address: '',
    robots: 'noindex',
    body: [
      h('h1', null, title),
      h('p', { class: 'intro' }, sentence(body, { seconds })),
      h('p', null, h('a', { href: linkFor(`${page.root}/verify`, page.reader) }, words.title)),
    ],
  });
}

interface Framed {
  readonly title: string;
  /** The address given; the language switch keeps it. */
  readonly address: string;
  readonly robots: 'index' | 'noindex';
  readonly description?: string;
  readonly body: Content;
}

function frame({ reader, root }: VerifyPage, { address, body, ...framed }: Framed): string {
  const query = address === '' ? '' : `?url=${encodeURIComponent(address)}`;
  return renderPage({
    reader,
    root,
    path: `/verify${query}`,
    ...framed,
    body: h('div', { class: 'sheet' }, body),
  });
}
