import { describe, expect, it } from 'vitest';
import { assertionMethods } from '../../../../src/signing/verify/did-document.ts';

describe("a stranger's document of many keys", () => {
  it('is read a few times, and not once for each of its keys', () => {
    const id = 'https://issuer.example/';
    let reads = 0;
    const methods = Array.from({ length: 5_000 }, (_, at) => ({
      get id() {
        reads++;
        return `#${at}`;
      },
      controller: id,
    }));
    const document = {
      id,
      verificationMethod: methods,
      assertionMethod: methods.map((_, at) => `#${at}`),
    };
    const found = assertionMethods({ id, url: id, document }, new Date());
    expect(found).toHaveLength(200);
    // Each once, and each of the 200 that are looked at against the others.
    expect(reads).toBeLessThanOrEqual(5_000 + 200 + 200 * 200);
  });
});
