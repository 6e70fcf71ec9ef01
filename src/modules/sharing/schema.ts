import { type Static, Type } from 'typebox';
import { VISIBILITIES } from '../../core/issuer.ts';
import { dateTime, oneOf, text } from '../../core/schema.ts';

export const VisibilityChange = Type.Object(
  {
    visibility: Type.Optional(
      oneOf(VISIBILITIES, {
        description:
          '`public`: whoever has the address is shown the credential. `link`: only whoever has a link with a token. Absent: as the issuer says.',
      }),
    ),
  },
  { $id: 'VisibilityChange', additionalProperties: false, examples: [{ visibility: 'link' }] },
);
export type VisibilityChange = Static<typeof VisibilityChange>;

export const VisibilityView = Type.Object(
  {
    visibility: oneOf(VISIBILITIES, { description: 'As it takes effect.' }),
    setBy: oneOf(['award', 'issuer'], { description: 'Whose word it is.' }),
  },
  { $id: 'Visibility', description: 'Who is shown the credential of an award.' },
);

export const NewLink = Type.Object(
  {
    label: Type.Optional(
      text(200, {
        description: 'What the link is for; shown in lists only, never to its readers.',
      }),
    ),
    expiresAt: Type.Optional(
      dateTime({ description: 'When it ends; absent: when it is revoked.' }),
    ),
  },
  {
    $id: 'NewLink',
    additionalProperties: false,
    examples: [{ label: 'Application at Example SA', expiresAt: '2030-01-01T00:00:00Z' }],
  },
);
export type NewLink = Static<typeof NewLink>;

export const LinkView = Type.Object(
  {
    id: Type.String(),
    label: Type.Optional(Type.String()),
    createdAt: Type.String(),
    expiresAt: Type.Optional(Type.String()),
    revokedAt: Type.Optional(Type.String()),
    url: Type.Optional(
      Type.String({
        description:
          'The address of the credential with the token. Shown once, in the first answer; only the hash of the token is kept.',
      }),
    ),
  },
  { $id: 'ShareLink', description: 'A link that shows a credential which is not public.' },
);
