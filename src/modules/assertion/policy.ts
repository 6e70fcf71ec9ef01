/** Pure decisions on whether an award may be made. */

import type { GradingScheme } from '../../core/annex-i/assessment.ts';
import type { AwardBody } from '../../core/annex-i/award-body.ts';
import type { ClassBody } from '../../core/annex-i/class-body.ts';
import type { AssertionState, AwardRecipient } from '../../core/assertion.ts';
import { AppError, type Fault } from '../../core/errors.ts';
import type { StatusPurpose } from '../../core/status.ts';

/** How far the clock of a caller may be ahead of ours. */
const CLOCK_SKEW_MS = 5 * 60_000;

/** What keeps an award from being made; every fault at once. */
export function awardFaults(
  body: AwardBody,
  definition: ClassBody,
  recipient: Pick<AwardRecipient, 'identifiers'>,
  now: Date,
): Fault[] {
  return [
    ...dateFaults(body, now),
    ...replacementFaults(body),
    ...resultFaults(body, definition),
    ...languageFaults(body, definition),
    ...identifyFaults(body, recipient),
  ];
}

function dateFaults(body: AwardBody, now: Date): Fault[] {
  const faults: Fault[] = [];
  const awardedAt = Date.parse(body.awardedAt);
  if (awardedAt > now.getTime() + CLOCK_SKEW_MS) {
    faults.push(fault('/awardedAt', 'in-the-future', 'It is in the future.'));
  }
  if (body.validUntil !== undefined && Date.parse(body.validUntil) <= now.getTime()) {
    faults.push(fault('/validUntil', 'in-the-past', 'It is in the past.'));
  }
  const { start, end } = body.activityPeriod ?? {};
  if (start !== undefined && end !== undefined && end < start) {
    faults.push(fault('/activityPeriod/end', 'dates-out-of-order', 'It ends before it begins.'));
  }
  return faults;
}

/** Only under validation may an award replace what the class says of participation and assessment. */
function replacementFaults(body: AwardBody): Fault[] {
  if (body.route === 'validation') return [];
  return (['participation', 'assessments'] as const)
    .filter((name) => body[name] !== undefined)
    .map((name) =>
      fault(`/${name}`, 'route-course', 'It is that of the class; only a validation replaces it.'),
    );
}

function resultFaults(body: AwardBody, definition: ClassBody): Fault[] {
  const assessments = body.assessments ?? definition.assessments ?? [];
  const seen = new Set<string>();
  return (body.results ?? []).flatMap((result, at) => {
    const name = result.assessment ?? '';
    if (seen.has(name)) {
      return [fault(`/results/${at}`, 'repeated', 'There is a result for this already.')];
    }
    seen.add(name);
    const assessment = assessments.find(({ id }) => id !== undefined && id === result.assessment);
    if (result.assessment !== undefined && assessment === undefined) {
      return [
        fault(
          `/results/${at}/assessment`,
          'assessment-unknown',
          'The class has no such assessment.',
        ),
      ];
    }
    const scheme =
      result.assessment === undefined ? definition.gradingScheme : assessment?.gradingScheme;
    if (scheme === undefined) {
      return [
        fault(
          `/results/${at}`,
          'grading-scheme-missing',
          'The class has no grading scheme for it.',
        ),
      ];
    }
    return gradeFaults(result.value, scheme, `/results/${at}/value`);
  });
}

function gradeFaults(value: string, scheme: GradingScheme, pointer: string): Fault[] {
  const { values, minimum, maximum } = scheme;
  if (values !== undefined && !values.includes(value)) {
    return [
      fault(pointer, 'unknown-code', `It must be one of: ${values.slice(0, 20).join(', ')}.`),
    ];
  }
  if (minimum === undefined && maximum === undefined) return [];
  const number = /^-?\d+([.,]\d+)?$/.test(value) ? Number(value.replace(',', '.')) : undefined;
  const fits =
    number !== undefined &&
    number >= (minimum ?? Number.NEGATIVE_INFINITY) &&
    number <= (maximum ?? Number.POSITIVE_INFINITY);
  return fits
    ? []
    : [fault(pointer, 'out-of-range', 'It is not a number within the grading scheme.')];
}

function languageFaults(body: AwardBody, definition: ClassBody): Fault[] {
  const first = definition.languages[0] ?? '';
  if (body.narrative === undefined || body.narrative[first] !== undefined) return [];
  return [
    fault(
      '/narrative',
      'language-missing',
      `The text is not given in "${first}", the first language of the class.`,
    ),
  ];
}

function identifyFaults(body: AwardBody, recipient: Pick<AwardRecipient, 'identifiers'>): Fault[] {
  return (body.identifyBy ?? []).flatMap((type, at) =>
    recipient.identifiers.some((identifier) => identifier.type === type)
      ? []
      : [fault(`/identifyBy/${at}`, 'identifier-missing', 'The learner has no such identifier.')],
  );
}

function fault(pointer: string, code: string, message: string): Fault {
  return { pointer, code, message };
}

export const STATUS_ACTS = ['revoke', 'suspend', 'reinstate'] as const;
export type StatusAct = (typeof STATUS_ACTS)[number];

interface Transition {
  readonly from: readonly AssertionState[];
  readonly to: AssertionState;
  readonly purpose: StatusPurpose;
  readonly set: boolean;
}

/** What each act does. Revocation is final (Bitstring Status List 1.0, statusPurpose `revocation`). */
export const TRANSITIONS: Readonly<Record<StatusAct, Transition>> = {
  revoke: { from: ['issued', 'suspended'], to: 'revoked', purpose: 'revocation', set: true },
  suspend: { from: ['issued'], to: 'suspended', purpose: 'suspension', set: true },
  reinstate: { from: ['suspended'], to: 'issued', purpose: 'suspension', set: false },
};

export function refuseTransition(act: StatusAct, state: AssertionState): void {
  if (TRANSITIONS[act].from.includes(state)) return;
  throw new AppError(
    'conflict',
    `assertion-${state}`,
    `An award that is ${state} cannot be ${PARTICIPLES[act]}.`,
  );
}

const PARTICIPLES: Readonly<Record<StatusAct, string>> = {
  revoke: 'revoked',
  suspend: 'suspended',
  reinstate: 'reinstated',
};
