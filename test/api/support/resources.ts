/** The resources that are created, read, listed, changed and named by an `externalId` in the same manner. */
import { EXAMPLE_DEFINITION } from '../../../src/modules/credential-class/schema.ts';
import { EXAMPLE_PROFILE } from '../../../src/modules/issuer/schema.ts';

export interface Resource {
  readonly path: string;
  /** Made by the platform, which then names no issuer. */
  readonly platform?: true;
  readonly body: (externalId: string | undefined) => Record<string, unknown>;
  /** The body with one thing changed, and how the change shows. */
  readonly changed: Readonly<Record<string, unknown>>;
  readonly shows: (view: any) => unknown;
}

const title = { ...EXAMPLE_DEFINITION.title, en: 'Changed' };
const name = { ...EXAMPLE_PROFILE.name, en: 'Changed' };
const named = (externalId: string | undefined) => (externalId === undefined ? {} : { externalId });
let counter = 0;

export const RESOURCES: readonly Resource[] = [
  {
    path: '/v1/issuers',
    platform: true,
    body: (externalId) => ({ ...named(externalId), profile: EXAMPLE_PROFILE }),
    changed: { profile: { ...EXAMPLE_PROFILE, name } },
    shows: (view) => view.profile.name.en,
  },
  {
    path: '/v1/credential-classes',
    body: (externalId) => ({ ...named(externalId), definition: EXAMPLE_DEFINITION }),
    changed: { definition: { ...EXAMPLE_DEFINITION, title } },
    shows: (view) => view.definition.title.en,
  },
  {
    path: '/v1/recipients',
    body: (externalId) => ({
      ...named(externalId),
      fullName: 'Ada Lovelace',
      identifiers: [{ type: 'student-number', value: `r-${++counter}` }],
    }),
    changed: {
      fullName: 'Changed',
      identifiers: [{ type: 'student-number', value: 'changed' }],
    },
    shows: (view) => view.fullName,
  },
];
