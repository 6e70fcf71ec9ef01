import { describe, expect, test } from 'vitest';
import {
  CONTEXTS,
  OPEN_BADGES_3_0_3,
  OPEN_BADGES_3_0_3_BEFORE_ADDITIONS,
  pinned,
} from '../../../src/formats/contexts/contexts.ts';
import { canonical } from '../../support/fixtures/canonical.ts';

describe('the local contexts', () => {
  test('are these and no others', () => {
    expect([...CONTEXTS.keys()].sort()).toEqual([
      'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.1.json',
      'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.2.json',
      'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json',
      'https://purl.imsglobal.org/spec/ob/v3p0/context.json',
      'https://purl.imsglobal.org/spec/ob/v3p0/extensions.json',
      'https://w3id.org/security/data-integrity/v1',
      'https://w3id.org/security/data-integrity/v2',
      'https://w3id.org/security/multikey/v1',
      'https://w3id.org/security/suites/ed25519-2020/v1',
      'https://w3id.org/vc/status-list/2021/v1',
      'https://www.w3.org/2018/credentials/v1',
      'https://www.w3.org/ns/credentials/v2',
    ]);
  });

  test('stop the process when one is changed by a character', () => {
    const digest = 'c5e555a91a5cf48e32ae0a05674c61ddd5c053b680b5643b2f57f9965e386d99';
    const copy: any = structuredClone(OPEN_BADGES_3_0_3_BEFORE_ADDITIONS);
    expect(() => pinned(OPEN_BADGES_3_0_3, copy, digest)).not.toThrow();
    copy['@context'].name['@id'] = 'https://schema.org/Name';
    expect(() => pinned(OPEN_BADGES_3_0_3, copy, digest)).toThrow(/not the one that was pinned/);
    expect(() => pinned(OPEN_BADGES_3_0_3, undefined, digest)).toThrow(
      /not the one that was pinned/,
    );
  });

  test('cannot be changed by whoever reads them', () => {
    const context: any = CONTEXTS.get(OPEN_BADGES_3_0_3)?.['@context'];
    expect(() => {
      context.name['@id'] = 'x';
    }).toThrow(TypeError);
    expect(() => {
      context.mine = {};
    }).toThrow(TypeError);
  });

  test('of Open Badges 3.0.3 differ from the first publication by two terms', () => {
    const today: any = CONTEXTS.get(OPEN_BADGES_3_0_3)?.['@context'];
    const { jti, endorsementJwt, ...rest } = today;
    expect(rest).toEqual(OPEN_BADGES_3_0_3_BEFORE_ADDITIONS['@context']);
    expect([jti, endorsementJwt].every(Boolean)).toBe(true);
  });

  test('are all that is read: an unknown one is an error, never a request', async () => {
    await expect(canonical({ '@context': 'https://example.org/other' })).rejects.toThrow();
  });
});
