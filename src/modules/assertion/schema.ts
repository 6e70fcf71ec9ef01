import { type Static, Type } from 'typebox';
import { AwardProperties, RecipientBody } from '../../core/annex-i/award-body.ts';
import { ASSERTION_STATES } from '../../core/assertion.ts';
import { FORMATS, VISIBILITIES } from '../../core/issuer.ts';
import { externalId, list, oneOf, strictObject, text } from '../../core/schema.ts';

/** A thing by its id or by the caller's own id; exactly one of the two. */
const reference = (noun: string) =>
  strictObject(
    { id: Type.Optional(text(60)), externalId: Type.Optional(externalId()) },
    {
      minProperties: 1,
      maxProperties: 1,
      description: `The ${noun}, by its id or by its externalId; never by its title.`,
    },
  );

const formats = Type.Optional(
  list(oneOf(FORMATS), FORMATS.length, {
    minItems: 1,
    uniqueItems: true,
    description: 'Signed forms to make; absent: those of the issuer. `ob3` is always made.',
  }),
);

const visibility = Type.Optional(
  oneOf(VISIBILITIES, {
    description:
      'Who is shown the credential: whoever has its address (`public`), or only whoever has a link with a token (`link`). Absent: as the issuer says.',
  }),
);

const { identifiers, ...names } = RecipientBody.properties;

export const EXAMPLE_AWARD = {
  credentialClass: { externalId: 'health-data-2026' },
  recipient: {
    givenName: 'Zoé',
    familyName: 'Lefèvre',
    identifiers: [{ type: 'student-number', value: '20261234' }],
  },
  route: 'course',
  awardedAt: '2026-06-30T12:00:00Z',
  results: [{ value: '16' }],
} as const;

export const AssertionInput = Type.Object(
  {
    externalId: Type.Optional(externalId()),
    credentialClass: reference('credential class; by externalId its published version'),
    recipient: strictObject(
      {
        id: Type.Optional(text(60)),
        externalId: Type.Optional(externalId()),
        ...names,
        identifiers: Type.Optional(identifiers),
      },
      {
        minProperties: 1,
        description:
          'A known learner by id or externalId, or a name with identifiers, by which the learner is found or registered.',
      },
    ),
    period: Type.Optional(
      Type.String({
        maxLength: 60,
        pattern: '^[!-~]([ -~]*[!-~])?$',
        description:
          'Tells awards of one class to one learner apart, for example "2026-2027"; absent: one award for ever.',
      }),
    ),
    formats,
    visibility,
    ...AwardProperties,
  },
  { $id: 'AssertionInput', additionalProperties: false, examples: [EXAMPLE_AWARD] },
);
export type AssertionInput = Static<typeof AssertionInput>;

export const ReissueInput = Type.Object(
  {
    original: oneOf(['keep', 'revoke'], {
      description:
        'Whether the corrected award stays valid beside the new one, superseded, or is revoked.',
    }),
    recipient: Type.Optional(
      strictObject(names, { description: 'The corrected name; absent: as it was.' }),
    ),
    formats,
    ...AwardProperties,
  },
  {
    $id: 'ReissueInput',
    additionalProperties: false,
    examples: [
      {
        original: 'revoke',
        route: 'course',
        awardedAt: '2026-06-30T12:00:00Z',
        results: [{ value: '17' }],
      },
    ],
  },
);
export type ReissueInput = Static<typeof ReissueInput>;

export const StatusChange = Type.Object(
  { reason: text(300, { description: 'Kept in the audit log, never published.' }) },
  {
    $id: 'StatusChange',
    additionalProperties: false,
    examples: [{ reason: 'Awarded in error' }],
  },
);
export type StatusChange = Static<typeof StatusChange>;

export const AssertionView = Type.Object(
  {
    id: Type.String(),
    externalId: Type.Optional(Type.String()),
    state: oneOf(ASSERTION_STATES),
    url: Type.String({ description: 'Public address of the credential.' }),
    credentialClass: Type.Object({ id: Type.String(), lineage: Type.String() }),
    recipient: Type.Object({ id: Type.String(), fullName: Type.String() }),
    period: Type.String(),
    visibility,
    award: Type.Object(AwardProperties),
    issuedAt: Type.String(),
    statusReason: Type.Optional(Type.String()),
    statusChangedAt: Type.Optional(Type.String()),
    supersedes: Type.Optional(Type.String()),
    supersededBy: Type.Optional(Type.String()),
    documents: Type.Array(
      Type.Object({
        format: oneOf(FORMATS),
        mediaType: Type.String(),
        url: Type.String(),
        digest: Type.String({ description: 'SHA-256 of the exact bytes, base64url.' }),
      }),
    ),
  },
  { $id: 'Assertion' },
);
