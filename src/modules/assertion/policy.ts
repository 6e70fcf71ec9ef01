/** Pure decisions on whether an award may be made. */

import type { GradingScheme } from '../../core/annex-i/assessment.ts';
import { AwardBody, type Result } from '../../core/annex-i/award-body.ts';
import type { ClassBody } from '../../core/annex-i/class-body.ts';
import { assessmentFaults, languageFaults } from '../../core/annex-i/rules.ts';
import type { AssertionState, AwardRecipient } from '../../core/assertion.ts';
import { AppError, type Fault } from '../../core/errors.ts';
import type { StatusPurpose } from '../../core/status.ts';
import { addPeriod } from '../../core/time.ts';

/** How far the clock of a caller may be ahead of ours. */
const CLOCK_SKEW_MS = 5 * 60_000;
const EARLIEST_AWARD = Date.UTC(1900, 0);

/** What keeps an award from being made; every fault at once. */
export function awardFaults(
  body: AwardBody,
  definition: ClassBody | undefined,
  recipient: Pick<AwardRecipient, 'identifiers'>,
  now: Date,
): Fault[] {
  return [
    ...dateFaults(body, now),
    ...replacementFaults(body),
    ...assessmentFaults(body.assessments ?? []),
    ...identifyFaults(body, recipient),
    ...(definition === undefined
      ? []
      : [
          ...resultFaults(body, definition),
          ...textFaults(body, definition),
          ...validityFaults(body, definition, now),
        ]),
  ];
}

function dateFaults(body: AwardBody, now: Date): Fault[] {
  const faults: Fault[] = [];
  const awardedAt = Date.parse(body.awardedAt);
  if (awardedAt > now.getTime() + CLOCK_SKEW_MS) {
    faults.push(fault('/awardedAt', 'in-the-future', 'It is in the future.'));
  }
  if (awardedAt < EARLIEST_AWARD) {
    faults.push(fault('/awardedAt', 'too-long-ago', 'Nobody holding an award of then is alive.'));
  }
  if (body.validUntil !== undefined && Date.parse(body.validUntil) <= now.getTime()) {
    faults.push(fault('/validUntil', 'in-the-past', 'It is in the past.'));
  }
  const { start, end } = body.activityPeriod ?? {};
  if (start !== undefined && end !== undefined && end < start) {
    faults.push(fault('/activityPeriod/end', 'dates-out-of-order', 'It ends before it begins.'));
  }
  if (start !== undefined && Date.parse(start) > awardedAt) {
    faults.push(fault('/activityPeriod/start', 'dates-out-of-order', 'It begins after the award.'));
  }
  return faults;
}

/** A period of validity runs from the award, and must not be over when it is signed. */
function validityFaults(body: AwardBody, { validityPeriod }: ClassBody, now: Date): Fault[] {
  if (validityPeriod === undefined || body.validUntil !== undefined) return [];
  if (addPeriod(new Date(body.awardedAt), validityPeriod) > now) return [];
  return [fault('/awardedAt', 'validity-over', `Its validity of ${validityPeriod} is over.`)];
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
  const seen = new Set<string>();
  return (body.results ?? []).flatMap((result, at) => {
    const name = result.assessment ?? '';
    if (seen.has(name)) {
      return [fault(`/results/${at}`, 'repeated', 'There is a result for this already.')];
    }
    seen.add(name);
    return resultFault(result, body, definition, `/results/${at}`);
  });
}

function resultFault(
  { assessment: name, value }: Result,
  body: AwardBody,
  definition: ClassBody,
  pointer: string,
): Fault[] {
  const overall = name === undefined;
  const assessments = body.assessments ?? definition.assessments ?? [];
  const assessment = overall ? undefined : assessments.find(({ id }) => id === name);
  if (!overall && assessment === undefined) {
    return [
      fault(`${pointer}/assessment`, 'assessment-unknown', 'The class has no such assessment.'),
    ];
  }
  const scheme = overall ? definition.gradingScheme : assessment?.gradingScheme;
  if (scheme === undefined) {
    return [fault(pointer, 'grading-scheme-missing', 'The class has no grading scheme for it.')];
  }
  const faults = gradeFaults(value, scheme, `${pointer}/value`);
  return faults.length === 0 && overall ? passFaults(value, scheme, `${pointer}/value`) : faults;
}

function gradeFaults(value: string, scheme: GradingScheme, pointer: string): Fault[] {
  const { values, minimum, maximum } = scheme;
  if (values !== undefined && !values.includes(value)) {
    return [
      fault(pointer, 'unknown-code', `It must be one of: ${values.slice(0, 20).join(', ')}.`),
    ];
  }
  if (minimum === undefined && maximum === undefined) return [];
  const number = numberOf(value);
  const fits =
    number !== undefined &&
    number >= (minimum ?? Number.NEGATIVE_INFINITY) &&
    number <= (maximum ?? Number.POSITIVE_INFINITY);
  return fits
    ? []
    : [fault(pointer, 'out-of-range', 'It is not a number within the grading scheme.')];
}

/** What is below the pass mark is not awarded. One assessment may be failed where the whole is passed. */
function passFaults(value: string, scheme: GradingScheme, pointer: string): Fault[] {
  const { passMark, values } = scheme;
  if (passMark === undefined) return [];
  const rank = (grade: string) => (values === undefined ? numberOf(grade) : values.indexOf(grade));
  const reached = rank(value);
  const needed = rank(passMark);
  if (reached === undefined || needed === undefined || reached >= needed) return [];
  return [fault(pointer, 'not-passed', `It is below the pass mark, ${passMark}.`)];
}

function numberOf(grade: string): number | undefined {
  return /^-?\d+([.,]\d+)?$/.test(grade) ? Number(grade.replace(',', '.')) : undefined;
}

function textFaults(body: AwardBody, definition: ClassBody): Fault[] {
  return languageFaults(AwardBody, body, definition.languages[0] ?? '');
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
