import { describe, expect, test } from 'vitest';
import {
  CONTEXTS,
  OPEN_BADGES_3_0_3_BEFORE_ADDITIONS,
} from '../../../src/formats/contexts/contexts.ts';
import { canonical } from '../../support/fixtures/canonical.ts';
import { hasReference, referenceJson, WITHOUT_REFERENCE } from './reference.ts';

const OPEN_BADGES = 'https://purl.imsglobal.org/spec/ob/v3p0';

describe.skipIf(!hasReference)(`the local contexts${WITHOUT_REFERENCE}`, () => {
  test.each([
    ['https://www.w3.org/ns/credentials/v2', 'w3c-credentials-v2.json'],
    ['https://www.w3.org/2018/credentials/v1', 'w3c-credentials-v1.json'],
    ['https://w3id.org/security/data-integrity/v1', 'w3id-security-data-integrity-v1.json'],
    ['https://w3id.org/security/suites/ed25519-2020/v1', 'w3id-ed25519-2020-v1.json'],
    [`${OPEN_BADGES}/context.json`, 'ob-v3p0-context-3.0.0.json'],
    [`${OPEN_BADGES}/context-3.0.1.json`, 'context-3.0.1.json'],
    [`${OPEN_BADGES}/context-3.0.2.json`, 'context-3.0.2.json'],
    [`${OPEN_BADGES}/context-3.0.3.json`, 'context-3.0.3.json'],
    [`${OPEN_BADGES}/extensions.json`, 'ob-v3p0-extensions.json'],
  ])('%s is what the public validator holds (%s)', (url, file) => {
    expect(CONTEXTS.get(url)).toEqual(referenceJson(`contexts/${file}`));
  });

  test('Open Badges 3.0.3 before its additions is the publication of 2024', () => {
    expect(OPEN_BADGES_3_0_3_BEFORE_ADDITIONS).toEqual(
      referenceJson('contexts/context-3.0.3.ORIGINAL-2024.json'),
    );
  });

  test('give the samples the verdict in safe mode that is expected of the published contexts', async () => {
    const expected: Record<string, any> = referenceJson('EXPECTED-RESULTS.json');
    for (const [file, verdict] of Object.entries(expected)) {
      if (!/^(validator-samples\/(valid|invalid)|examples-spec)\//.test(file)) continue;
      const { proof: _, ...document } = referenceJson(file);
      if (!document['@context'].every((url: string) => CONTEXTS.has(url))) continue;
      if (verdict.safe_ctx2026 !== true) continue;
      expect(await canonical(document), file).not.toBe('');
    }
  });
});
