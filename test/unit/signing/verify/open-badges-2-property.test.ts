import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { CompactJws } from '../../../../src/signing/verify/compact-jws.ts';
import {
  assertion,
  badgeClass,
  hosted,
  KEY,
  LIST,
  outcome,
  profile,
  revocationList,
  type Signer,
  signer,
  Web,
} from './open-badges-2-web.ts';

const OUTCOMES = ['valid', 'invalid', 'undetermined'];
/** A value as a hostile document may hold it; most are of the kinds that are looked for. */
const value = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  fc.constantFrom('https://badges.example.org/x', 'HostedBadge', true, 'urn:uuid:1', []),
  fc.record({ id: fc.webUrl(), type: fc.constantFrom('Assertion', 'BadgeClass', 'hosted') }),
);
const oneChanged = (document: object) =>
  fc
    .tuple(fc.constantFrom(...Object.keys(document), 'extra', 'verify', 'obi:revoked'), value)
    .map(([name, changed]) => JSON.parse(JSON.stringify({ ...document, [name]: changed })));

describe('whatever is handed in or published, there is a report', () => {
  let rsa: Signer;
  let token: CompactJws;
  const verification = { type: 'SignedBadge', creator: KEY };
  const issuer = profile({ publicKey: [KEY], revocationList: LIST });
  beforeAll(async () => {
    rsa = await signer('RS256');
    token = await rsa.sign(assertion({ id: 'urn:uuid:2', verification }));
  });

  it('any change of what decides in a hosted badge is not valid', async () => {
    const decisive = fc.constantFrom(
      'recipient',
      'badge',
      'issuedOn',
      'expires',
      'evidence',
      'narrative',
      'id',
    );
    await fc.assert(
      fc.asyncProperty(decisive, value, async (name, changed) => {
        const copy = JSON.parse(JSON.stringify({ ...assertion(), [name]: changed }));
        const { verdict } = await outcome(copy, hosted());
        expect(verdict).not.toBe('valid');
      }),
    );
  });

  it('of any assertion that is published as it is handed in', async () => {
    await fc.assert(
      fc.asyncProperty(oneChanged(assertion()), async (document) => {
        const web = hosted();
        if (typeof document.id === 'string') web.put(document);
        expect(OUTCOMES).toContain((await outcome(document, web))['verdict']);
      }),
    );
  });

  it('of any class, issuer, key and list that are published', async () => {
    const documents = fc
      .tuple(
        fc.oneof(fc.constant(badgeClass()), oneChanged(badgeClass())),
        fc.oneof(fc.constant(issuer), oneChanged(issuer)),
        fc.oneof(fc.constant(rsa.key), oneChanged(rsa.key)),
        oneChanged(revocationList([{ id: 'urn:uuid:3' }])),
      )
      .map((all) => [
        badgeClass(),
        issuer,
        rsa.key,
        ...all.filter(({ id }) => typeof id === 'string'),
      ]);
    await fc.assert(
      fc.asyncProperty(documents, async (published) => {
        const web = new Web(published);
        expect(OUTCOMES).toContain((await outcome(token, web))['verdict']);
        expect(web.asked.length).toBeLessThanOrEqual(4);
      }),
    );
  });
});
