import { type Static, Type } from 'typebox';
import { KEY_ALGORITHMS, KEY_PURPOSES, KEY_STATES } from '../../core/key.ts';
import { oneOf } from '../../core/schema.ts';

export const NewKey = Type.Object(
  {
    purpose: oneOf(KEY_PURPOSES, { description: 'One key has one purpose.' }),
    algorithm: oneOf(KEY_ALGORITHMS),
  },
  {
    $id: 'NewKey',
    additionalProperties: false,
    examples: [{ purpose: 'credential-jwt', algorithm: 'RS256' }],
  },
);
export type NewKey = Static<typeof NewKey>;

export const KeyView = Type.Object(
  {
    id: Type.String(),
    purpose: oneOf(KEY_PURPOSES),
    algorithm: oneOf(KEY_ALGORITHMS),
    state: oneOf(KEY_STATES),
    verificationMethod: Type.String({ description: 'Absolute id in the did.json of the issuer.' }),
    createdAt: Type.String(),
    retiredAt: Type.Optional(Type.String()),
    compromisedAt: Type.Optional(Type.String()),
  },
  { $id: 'Key', description: 'A signing key. The private half is never readable.' },
);
