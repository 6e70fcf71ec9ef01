import { describe, expect, it } from 'vitest';
import { isOpenBadge2 } from '../../../../src/formats/open-badges/v2p0/recognise.ts';
import { assertion, CONTEXT, type Json } from './open-badges-2-web.ts';

const without = (name: string) => {
  const { [name]: _, ...rest } = assertion();
  return rest;
};

describe('the version of a document is told by what it is', () => {
  it.each<[string, Json]>([
    ['an assertion', assertion()],
    [
      'an assertion among extensions',
      assertion({ '@context': [CONTEXT, 'https://example.org/x'] }),
    ],
    ['an assertion without a context', without('@context')],
    ['an assertion of version 1.1', assertion({ '@context': 'https://w3id.org/openbadges/v1' })],
    ['another document of version 2.0', { '@context': CONTEXT, type: 'BadgeClass' }],
  ])('%s is read as Open Badges 2.0', (_name, document) => {
    expect(isOpenBadge2(document)).toBe(true);
  });

  it.each<[string, Json]>([
    ['nothing', {}],
    ['a credential 2.0', { '@context': ['https://www.w3.org/ns/credentials/v2'] }],
    [
      'a credential 2.0 with all its words',
      assertion({ '@context': ['https://www.w3.org/ns/credentials/v2', CONTEXT] }),
    ],
    [
      'a credential 1.1 with all its words',
      assertion({ '@context': ['https://www.w3.org/2018/credentials/v1', CONTEXT] }),
    ],
    ['a document with a subject', assertion({ credentialSubject: {} })],
    ['a document without a class', { ...without('badge'), '@context': 'https://example.org/x' }],
    [
      'a document without proof',
      { ...without('verification'), '@context': 'https://example.org/x' },
    ],
  ])('%s is not', (_name, document) => {
    expect(isOpenBadge2(document)).toBe(false);
  });
});
