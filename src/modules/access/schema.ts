import { type Static, Type } from 'typebox';
import { SCOPES } from '../../core/caller.ts';
import { dateTime, list, oneOf, text } from '../../core/schema.ts';

const Scopes = list(oneOf(SCOPES), SCOPES.length, {
  minItems: 1,
  uniqueItems: true,
  description: 'What the client may do.',
});

export const NewClient = Type.Object(
  {
    name: text(200, { description: 'Shown in the audit log.' }),
    scopes: Scopes,
    expiresAt: Type.Optional(dateTime({ description: 'When its first key ends.' })),
  },
  {
    $id: 'NewClient',
    additionalProperties: false,
    examples: [
      {
        name: 'Student information system',
        scopes: [
          'class.write',
          'class.publish',
          'assertion.issue',
          'assertion.read',
          'assertion.revoke',
        ],
      },
    ],
  },
);
export type NewClient = Static<typeof NewClient>;

export const ApiKeyView = Type.Object(
  {
    id: Type.String(),
    createdAt: Type.String(),
    expiresAt: Type.Optional(Type.String()),
    secret: Type.Optional(
      Type.String({ description: 'Shown once, in the first answer; only its hash is kept.' }),
    ),
  },
  { $id: 'ApiKey' },
);

export const ClientView = Type.Object(
  {
    id: Type.String(),
    name: Type.String(),
    scopes: Type.Array(Type.String()),
    createdAt: Type.String(),
    disabledAt: Type.Optional(Type.String()),
    keys: Type.Array(Type.Ref('ApiKey'), { description: 'Live keys; at most two, for rotation.' }),
  },
  { $id: 'Client' },
);

export const NewApiKey = Type.Object(
  { expiresAt: Type.Optional(dateTime()) },
  {
    $id: 'NewApiKey',
    additionalProperties: false,
    examples: [{ expiresAt: '2030-01-01T00:00:00Z' }],
  },
);
export type NewApiKey = Static<typeof NewApiKey>;
