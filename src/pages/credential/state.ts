/** What a reader is told first: whether the credential can be relied on now. */
import type { Check } from '../../core/verdict.ts';
import { type Content, type Element, h } from '../element.ts';
import { dayOf, momentOf } from '../format.ts';
import { linkFor } from '../language.ts';
import type { Voice } from '../voice.ts';
import type { Words } from '../words.ts';
import type { CredentialView } from './view.ts';

export type Standing = keyof Words['states'];

/** Marks that differ in shape, so that colour is never needed to tell them apart. */
const MARKS: Readonly<Record<Standing, string>> = {
  valid: '✓',
  specimen: '◇',
  expired: '⏳\uFE0E',
  'not-yet-valid': '…',
  suspended: '‖',
  revoked: '✕',
  corrected: '→',
  invalid: '✕',
  undetermined: '?',
};

/** Standings that leave no doubt that the credential must not be relied on. */
const AGAINST: readonly Standing[] = ['revoked', 'invalid', 'expired'];

const BY_CODE: Readonly<Record<string, Standing>> = {
  revoked: 'revoked',
  suspended: 'suspended',
  expired: 'expired',
  'not-yet-valid': 'not-yet-valid',
};

/**
 * The worst of what the issuer recorded and what the check of the signed bytes found. "Valid" only where
 * the verdict is, so that what could not be checked never looks it, and never of a specimen.
 */
export function standingOf(
  view: Pick<CredentialView, 'issuer' | 'state' | 'successor' | 'verification'>,
): Standing {
  if (view.state === 'revoked') return 'revoked';
  const { verification } = view;
  const failed = verification?.checks.filter(({ outcome }) => outcome === 'failed') ?? [];
  if (failed.length > 0) return failedStanding(failed);
  if (view.state === 'suspended') return 'suspended';
  if (view.successor !== undefined) return 'corrected';
  if (verification?.verdict !== 'valid') return 'undetermined';
  return view.issuer.test ? 'specimen' : 'valid';
}

/** A broken signature outweighs whatever else is the matter. */
function failedStanding(failed: readonly Check[]): Standing {
  const standings = failed.map(({ code }) => BY_CODE[code ?? ''] ?? 'invalid');
  const worst: readonly Standing[] = [
    'invalid',
    'revoked',
    'suspended',
    'expired',
    'not-yet-valid',
  ];
  return worst.find((standing) => standings.includes(standing)) ?? 'invalid';
}

export function statePanel(view: CredentialView, standing: Standing, voice: Voice): Element {
  const { words } = voice;
  const { title, text } = words.states[standing];
  return h(
    'section',
    { class: `state ${toneOf(standing)}`, 'aria-labelledby': 'state' },
    h('span', { class: 'mark', 'aria-hidden': 'true' }, MARKS[standing]),
    h(
      'div',
      null,
      h(
        'h2',
        { id: 'state' },
        h('span', { class: 'unseen' }, `${words.credential.state}${words.colon}`),
        title,
      ),
      h('p', null, text),
      h('p', { class: 'note' }, circumstances(view, standing, voice)),
    ),
  );
}

function toneOf(standing: Standing): string {
  if (standing === 'valid') return 'good';
  return AGAINST.includes(standing) ? 'bad' : 'doubtful';
}

function circumstances(view: CredentialView, standing: Standing, voice: Voice): Content {
  const { words, language, reader } = voice;
  const { successor, stateChangedAt, verification, validUntil } = view;
  const changed = standing === view.state && stateChangedAt !== undefined;
  const lines: Content[] = [
    changed && [
      `${words.credential.since} `,
      momentOf(stateChangedAt.toISOString(), language),
      '. ',
    ],
    standing === 'expired' &&
      validUntil !== undefined && [
        `${words.credential.validUntil} `,
        dayOf(validUntil, language),
        '. ',
      ],
    verification && [
      `${words.credential.checkedAt} `,
      momentOf(verification.verifiedAt, language),
      '. ',
    ],
    successor?.url !== undefined && [
      h(
        'a',
        { href: linkFor(new URL(successor.url).pathname, reader) },
        words.credential.replacedBy,
      ),
    ],
  ];
  return lines;
}
