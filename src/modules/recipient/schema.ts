import { type Static, Type } from 'typebox';
import { RecipientBody, RecipientIdentifier } from '../../core/annex-i/award-body.ts';
import { externalId } from '../../core/schema.ts';

export const RecipientInput = Type.Object(
  { externalId: Type.Optional(externalId()), ...RecipientBody.properties },
  {
    $id: 'RecipientInput',
    additionalProperties: false,
    examples: [
      {
        externalId: 'person-4711',
        givenName: 'Zoé',
        familyName: 'Lefèvre',
        identifiers: [
          { type: 'student-number', value: '20261234' },
          { type: 'email', value: 'zoe.lefevre@student.example.edu' },
        ],
      },
    ],
  },
);
export type RecipientInput = Static<typeof RecipientInput>;

export const RecipientView = Type.Object(
  {
    id: Type.String(),
    externalId: Type.Optional(Type.String()),
    givenName: Type.Optional(Type.String()),
    familyName: Type.Optional(Type.String()),
    fullName: Type.String(),
    birthDate: Type.Optional(Type.String()),
    identifiers: Type.Array(RecipientIdentifier),
    createdAt: Type.String(),
    updatedAt: Type.String(),
  },
  { $id: 'Recipient' },
);
