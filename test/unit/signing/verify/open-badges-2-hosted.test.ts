import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  ASSERTION,
  assertion,
  BADGE_CLASS,
  badgeClass,
  CONTEXT,
  hosted,
  ISSUER,
  type Json,
  outcome,
  profile,
  verified,
  Web,
} from './open-badges-2-web.ts';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const md5 = (text: string) => createHash('md5').update(text).digest('hex');

describe('a hosted badge is accepted', () => {
  it('as its issuer publishes it, after three requests', async () => {
    const web = hosted();
    const { verdict, result } = await verified(assertion(), web);
    expect(verdict).toBe('valid');
    expect(web.asked).toEqual([ASSERTION, BADGE_CLASS, ISSUER]);
    expect(result.credential).toEqual({
      types: ['Assertion'],
      id: ASSERTION,
      name: 'Data science',
      issuer: { id: ISSUER, name: 'Example University' },
      subject: { id: 'ann@example.org' },
      validFrom: '2026-03-01T09:00:00Z',
      validUntil: '2030-03-01T09:00:00Z',
      format: 'open-badges-2-hosted',
    });
    expect(result.issuerIdentity).toMatchObject({
      voucher: 'domain',
      domain: 'badges.example.org',
      address: ISSUER,
    });
    expect(result.names).toContainEqual({ what: 'issuer-host', text: 'badges.example.org' });
    expect(result.authentic).toBe(true);
  });

  it.each<[string, Json]>([
    [
      'with the word "verify" and the type "hosted"',
      { verification: undefined, verify: { type: 'hosted' } },
    ],
    ['with arrays of one', { type: ['Assertion'], badge: [BADGE_CLASS] }],
    ['with null for what is not there', { revoked: null, image: null }],
    ['with the class by an object of its id', { badge: { id: BADGE_CLASS } }],
    ['with the class and the issuer in place', { badge: badgeClass({ issuer: profile() }) }],
    ['with another spelling of the time', { issuedOn: '2026-03-01T10:00:00+0100' }],
    ['with another image', { image: 'data:image/png;base64,AAAA' }],
    ['with a language', { '@context': [CONTEXT, { '@language': 'fr' }], '@language': 'fr' }],
  ])('%s in the copy', async (_name, changes) => {
    const copy = JSON.parse(JSON.stringify(assertion(changes)));
    expect(await outcome(copy, hosted())).toEqual({ verdict: 'valid' });
  });

  it.each<[string, Json]>([
    ['an allowed host', { allowedOrigins: ['badges.example.com', 'badges.example.org'] }],
    ['an allowed host in capitals', { allowedOrigins: 'Badges.Example.org:443' }],
    ['an allowed origin', { allowedOrigins: 'https://badges.example.org' }],
    ['a beginning', { startsWith: ['https://badges.example.org/assertions/'] }],
    ['the property', { verificationProperty: 'id' }],
  ])('where the issuer names %s', async (_name, verification) => {
    const web = new Web([assertion(), badgeClass(), profile({ verification })]);
    expect(await outcome(assertion(), web)).toEqual({ verdict: 'valid' });
  });

  it('on another host of the issuer, where the issuer says so', async () => {
    const id = 'https://badges.example.com/1';
    const allowed = profile({ verification: { allowedOrigins: ['badges.example.com'] } });
    const web = new Web([assertion({ id }), badgeClass(), allowed]);
    expect(await outcome(assertion({ id }), web)).toEqual({ verdict: 'valid' });
  });

  it('with an extension and its context', async () => {
    const extended = assertion({
      '@context': [CONTEXT, 'https://openbadgespec.org/extensions/recipientProfile/context.json'],
      'extensions:recipientProfile': { '@context': 'https://example.org/any', name: 'Ann' },
    });
    const web = new Web([extended, badgeClass(), profile()]);
    expect(await outcome(extended, web)).toEqual({ verdict: 'valid' });
  });
});

describe('a hosted badge is refused', () => {
  it.each<[string, Json]>([
    ['recipient', { recipient: { type: 'email', hashed: false, identity: 'bob@example.org' } }],
    ['recipient', { recipient: { type: 'url', hashed: false, identity: 'ann@example.org' } }],
    ['class', { badge: 'https://badges.example.org/classes/2' }],
    ['time', { issuedOn: '2026-03-01T09:00:01Z' }],
    ['end', { expires: '2031-03-01T09:00:00Z' }],
    ['lack of an end', { expires: undefined }],
    ['evidence', { evidence: 'https://elsewhere.example.org' }],
    ['lack of evidence', { evidence: undefined }],
    ['narrative', { narrative: 'Passed with distinction.' }],
    ['type', { type: ['Assertion', 'extensions:Diploma'] }],
    ['class in place under another name', { badge: badgeClass({ name: 'Medicine' }) }],
    ['class in place with other criteria', { badge: badgeClass({ criteria: { narrative: '-' } }) }],
    [
      'issuer in place under another name',
      { badge: badgeClass({ issuer: profile({ name: 'Other University' }) }) },
    ],
    ['issuer in place', { badge: { id: BADGE_CLASS, issuer: 'https://other.example.org/issuer' } }],
  ])('for another %s than is published', async (_name, changes) => {
    const copy = JSON.parse(JSON.stringify(assertion(changes)));
    const result = await outcome(copy, hosted());
    expect(result).toMatchObject({ verdict: 'invalid', proof: 'failed: hosted-copy-differs' });
  });

  it('without a request to anyone whom only a changed copy names', async () => {
    const web = hosted();
    const changed = assertion({ badge: 'https://evil.example.com/class' });
    expect((await outcome(changed, web))['verdict']).toBe('invalid');
    expect(web.asked).toEqual([ASSERTION]);
  });

  it('for a revocation taken out of it, and one put into it', async () => {
    const revoked = assertion({ revoked: true });
    const web = new Web([revoked, badgeClass(), profile()]);
    expect(await outcome(assertion(), web)).toMatchObject({
      verdict: 'invalid',
      status: 'failed: revoked',
    });
    expect(await outcome(revoked, hosted())).toMatchObject({
      verdict: 'invalid',
      proof: 'failed: hosted-copy-differs',
    });
  });

  it('when it was made up, at an address of someone else', async () => {
    const id = 'https://evil.example.com/1';
    const web = new Web([assertion({ id }), badgeClass(), profile()]);
    expect(await outcome(assertion({ id }), web)).toMatchObject({
      verdict: 'invalid',
      'issuer-key': 'failed: issuer-origin-mismatch',
    });
  });

  it.each<[string, Json]>([
    ['another host', { allowedOrigins: ['badges.example.com'] }],
    ['another port', { allowedOrigins: ['badges.example.org:8443'] }],
    ['another scheme', { allowedOrigins: ['http://badges.example.org'] }],
    ['another beginning', { startsWith: 'https://badges.example.org/other/' }],
    ['a beginning and another host', { startsWith: ASSERTION, allowedOrigins: 'example.org' }],
    ['nothing that can be read', { allowedOrigins: [7] }],
    [
      'something that only contains its host',
      { allowedOrigins: ['badges.example.org/x', 'a@badges.example.org'] },
    ],
  ])('where its issuer publishes at %s', async (_name, verification) => {
    const web = new Web([assertion(), badgeClass(), profile({ verification })]);
    expect(await outcome(assertion(), web)).toMatchObject({
      verdict: 'invalid',
      'issuer-key': 'failed: issuer-origin-mismatch',
    });
  });

  it('when its path only begins like those of its issuer', async () => {
    const id = 'https://badges.example.org/assertions/../users/eve/1';
    const policy = { startsWith: 'https://badges.example.org/assertions/' };
    const web = new Web([assertion({ id }), badgeClass(), profile({ verification: policy })]);
    expect(await outcome(assertion({ id }), web)).toMatchObject({
      verdict: 'invalid',
      'issuer-key': 'failed: issuer-origin-mismatch',
    });
  });

  it.each<[string, Json]>([
    ['410 Gone', { status: 410 }],
    [
      'the word of its revocation alone',
      { '@context': CONTEXT, id: ASSERTION, type: 'Assertion', revoked: true },
    ],
  ])('revoked by %s', async (_name, answer) => {
    const web = hosted();
    web.answers.set(ASSERTION, answer);
    expect(await outcome(assertion(), web)).toMatchObject({
      verdict: 'invalid',
      status: 'failed: revoked',
    });
    expect(web.asked).toEqual([ASSERTION]);
  });

  it('where all that is handed in is the word of its revocation', async () => {
    const revoked = { '@context': CONTEXT, id: ASSERTION, type: 'Assertion', revoked: true };
    expect(await outcome(revoked, new Web([revoked]))).toMatchObject({
      verdict: 'invalid',
      validity: 'skipped: revoked',
      status: 'failed: revoked',
    });
  });

  it.each<[string, Json, string]>([
    ['ended', { expires: '2026-11-21T11:59:59Z' }, 'failed: expired'],
    ['not begun', { issuedOn: '2026-11-21T12:06:00Z' }, 'failed: not-yet-valid'],
    ['ends before it begins', { expires: '2026-01-01T00:00:00Z' }, 'failed: dates-out-of-order'],
  ])('when it is %s', async (_name, changes, validity) => {
    const web = new Web([assertion(changes), badgeClass(), profile()]);
    expect(await outcome(assertion(changes), web)).toEqual({ verdict: 'invalid', validity });
  });
});

describe('the shapes of the standard', () => {
  it.each<[string, Json]>([
    ['no id', { id: undefined }],
    ['an id that is no address', { id: '1' }],
    ['another type', { type: 'BadgeClass' }],
    ['no recipient', { recipient: undefined }],
    ['a recipient in text', { recipient: 'ann@example.org' }],
    [
      'an unknown kind of recipient',
      { recipient: { type: 'name', hashed: false, identity: 'Ann' } },
    ],
    ['hashed as a text', { recipient: { type: 'email', hashed: 'false', identity: 'a@b.c' } }],
    [
      'a hash that says it is none',
      { recipient: { type: 'email', hashed: false, identity: `sha256$${sha256('a')}` } },
    ],
    [
      'no hash that says it is one',
      { recipient: { type: 'email', hashed: true, identity: 'a@b.c' } },
    ],
    ['no class', { badge: undefined }],
    ['two classes', { badge: [BADGE_CLASS, 'https://badges.example.org/classes/2'] }],
    ['no verification', { verification: undefined }],
    ['no time', { issuedOn: undefined }],
    ['a time without zone', { issuedOn: '2026-03-01T09:00:00' }],
    ['a time in seconds', { issuedOn: 1772355600 }],
    ['an end that is none', { expires: 'never' }],
    ['revoked as a text', { revoked: 'false' }],
  ])('%s in the assertion: refused without a request', async (_name, changes) => {
    const web = hosted();
    const broken = JSON.parse(JSON.stringify(assertion(changes)));
    expect(await outcome(broken, web)).toMatchObject({
      verdict: 'invalid',
      structure: 'failed: not-an-open-badge',
      proof: 'skipped: unreadable',
    });
    expect(web.asked).toEqual([]);
  });

  it.each<[string, Json, Json]>([
    ['a class without name', badgeClass({ name: undefined }), profile()],
    ['a class without criteria', badgeClass({ criteria: undefined }), profile()],
    ['a class without image', badgeClass({ image: undefined }), profile()],
    ['a class of another type', badgeClass({ type: 'Achievement' }), profile()],
    ['a class without issuer', badgeClass({ issuer: undefined }), profile()],
    ['an issuer without name', badgeClass(), profile({ name: ' ' })],
    ['an issuer without address', badgeClass(), profile({ url: undefined })],
    ['an issuer without e-mail address', badgeClass(), profile({ email: 'none' })],
    ['an issuer of another type', badgeClass(), profile({ type: 'Person' })],
  ])('%s: refused', async (_name, ofClass, issuer) => {
    const web = new Web([assertion(), ofClass, issuer]);
    expect(await outcome(assertion(), web)).toMatchObject({
      verdict: 'invalid',
      structure: 'failed: not-an-open-badge',
    });
  });
});

describe('what cannot be told is undetermined, never valid', () => {
  it.each<[string, string, string, string]>([
    ['copy', ASSERTION, 'proof', 'hosted-copy'],
    ['class', BADGE_CLASS, 'issuer-key', 'badge-class'],
    ['issuer', ISSUER, 'issuer-key', 'issuer-document'],
  ])(
    'when the %s is not there, is no JSON, is another or comes from another host',
    async (...args) => {
      const [, address, check, code] = args;
      const elsewhere = 'https://evil.example.com/x';
      const answers: [Json | string, string][] = [
        [{ status: 404 }, 'bad-status'],
        ['<html>', 'malformed'],
        ['[]', 'malformed'],
        ['{"id": 1, "id": 2}', 'malformed'],
        [{ '@context': CONTEXT, id: 'https://badges.example.org/other' }, 'mismatch'],
        [{ location: elsewhere }, 'elsewhere'],
      ];
      for (const [answer, fault] of answers) {
        const web = hosted();
        const original = web.answers.get(address);
        if (original !== undefined) web.answers.set(elsewhere, original);
        web.answers.set(address, answer);
        expect(await outcome(assertion(), web)).toMatchObject({
          verdict: 'undetermined',
          [check]: `undetermined: ${code}-${fault}`,
        });
      }
    },
  );

  it.each([
    'http://badges.example.org/assertions/1',
    'urn:uuid:7b0bb2c5-7d7b-4d33-8d6d-7a5d1d7f0c54',
    'ftp://badges.example.org/1',
    'file:///etc/passwd',
    'https://user:secret@badges.example.org/1',
    'https://badges.example.org/1#part',
  ])('at the address %s, which nobody asks', async (id) => {
    const web = new Web([assertion({ id }), badgeClass(), profile()]);
    expect(await outcome(assertion({ id }), web)).toMatchObject({
      verdict: 'undetermined',
      proof: 'undetermined: hosted-copy-forbidden',
    });
    expect(web.asked).toEqual([]);
  });

  it.each(['http://169.254.169.254/latest', 'urn:uuid:1', 'did:web:example.org'])(
    'of an issuer at %s',
    async (issuer) => {
      const web = new Web([assertion(), badgeClass({ issuer }), profile({ id: issuer })]);
      expect(await outcome(assertion(), web)).toMatchObject({
        verdict: 'undetermined',
        'issuer-key': 'undetermined: issuer-document-forbidden',
      });
      expect(web.asked).toEqual([ASSERTION, BADGE_CLASS]);
    },
  );

  it('when the copy tells more than is published', async () => {
    const more = assertion({ 'extensions:ECTS': { ECTS: 180 } });
    expect(await outcome(more, hosted())).toMatchObject({
      verdict: 'undetermined',
      proof: 'undetermined: hosted-copy-changed',
    });
  });

  it('when assertion and class are published with different names', async () => {
    const inPlace = assertion({ badge: badgeClass({ name: 'Data science I' }) });
    const web = new Web([inPlace, badgeClass(), profile()]);
    expect(await outcome(inPlace, web)).toMatchObject({
      verdict: 'undetermined',
      proof: 'undetermined: embedded-copy-differs',
    });
  });

  it('when the issuer verifies by another property', async () => {
    const verification = { verificationProperty: 'url' };
    const web = new Web([assertion(), badgeClass(), profile({ verification })]);
    expect(await outcome(assertion(), web)).toMatchObject({
      verdict: 'undetermined',
      'issuer-key': 'undetermined: issuer-scope-unsupported',
    });
  });

  it.each<[string, Json, string]>([
    ['an unknown context', { '@context': [CONTEXT, 'https://example.org/x'] }, 'unknown-context'],
    ['a context in place', { '@context': [CONTEXT, { expires: 'x:y' }] }, 'unknown-context'],
    ['no context', { '@context': undefined }, 'unknown-context'],
    [
      'an end by its full name',
      { 'https://w3id.org/security#expiration': '2026-01-01T00:00:00Z' },
      'spelling-unsupported',
    ],
    ['a revocation by its prefix', { 'obi:revoked': true }, 'spelling-unsupported'],
    ['a keyword', { '@graph': [] }, 'spelling-unsupported'],
    ['two verifications', { verify: { type: 'signed' } }, 'spelling-unsupported'],
    [
      'an issuer hidden in the class',
      { badge: { id: BADGE_CLASS, 'obi:issuer': 'x:y' } },
      'spelling-unsupported',
    ],
    [
      'a context in the class',
      { badge: { id: BADGE_CLASS, '@context': 'https://example.org/x' } },
      'unknown-context',
    ],
  ])('with %s', async (_name, changes, code) => {
    const document = JSON.parse(JSON.stringify(assertion(changes)));
    const web = new Web([document, badgeClass(), profile()]);
    expect(await outcome(document, web)).toMatchObject({
      verdict: 'undetermined',
      terms: `undetermined: ${code}`,
    });
  });

  it('with the unknown context of a class or an issuer', async () => {
    const changes = { '@context': [CONTEXT, 'https://example.org/x'] };
    for (const documents of [
      [badgeClass(changes), profile()],
      [badgeClass(), profile(changes)],
    ]) {
      const web = new Web([assertion(), ...documents]);
      expect(await outcome(assertion(), web)).toMatchObject({
        verdict: 'undetermined',
        terms: 'undetermined: unknown-context',
      });
    }
  });

  it.each([
    'MerkleProofVerification2017',
    ['MerkleProofVerification2017', 'Extension'],
    ['HostedBadge', 'Extension'],
  ])('verified in another way: %s', async (type) => {
    const other = assertion({ verification: { type } });
    expect(await outcome(other, new Web([other, badgeClass(), profile()]))).toMatchObject({
      verdict: 'undetermined',
      proof: 'undetermined: proof-unsupported',
    });
  });

  it.each<[string, Json]>([
    ['1.1', { '@context': 'https://w3id.org/openbadges/v1', uid: '1' }],
    ['1.0', { '@context': undefined, type: undefined, id: undefined, uid: '1' }],
  ])('of version %s, and no address is asked', async (_version, changes) => {
    const web = hosted();
    const older = JSON.parse(JSON.stringify(assertion({ ...changes, verify: { type: 'hosted' } })));
    expect(await outcome(older, web)).toMatchObject({
      verdict: 'undetermined',
      structure: 'undetermined: version-unsupported',
      proof: 'skipped: version-unsupported',
    });
    expect(web.asked).toEqual([]);
  });
});

describe('the recipient is compared with whom the caller names', () => {
  const hash = (identity: string, salt?: string, type = 'email') => ({
    type,
    hashed: true,
    identity,
    ...(salt !== undefined && { salt }),
  });
  const plain = (identity: string, type = 'email') => ({ type, hashed: false, identity });
  const email = (value: string) => ({ type: 'email' as const, value });
  const identifier = (value: string) => ({ type: 'identifier' as const, value });

  it.each([
    [plain('Ann@Example.org'), email(' ann@example.ORG ')],
    [hash(`sha256$${sha256('ann@example.orgsalt')}`, 'salt'), email('Ann@example.org')],
    [hash(`sha256$${sha256('Ann@example.orgsalt')}`, 'salt'), email('Ann@example.org')],
    [hash(`sha256$${sha256('ann@example.org').toUpperCase()}`), email('ann@example.org')],
    [hash(`md5$${md5('ann@example.org7')}`, '7'), email('ann@example.org')],
    [plain('https://ann.example.org/', 'url'), identifier('https://ann.example.org/')],
    [hash(`sha256$${sha256('+32123s')}`, 's', 'telephone'), identifier('+32123')],
  ])('%o is %o', async (recipient, claim) => {
    const badge = assertion({ recipient });
    const web = new Web([badge, badgeClass(), profile()]);
    expect(await outcome(badge, web, claim)).toEqual({ verdict: 'valid' });
  });

  it.each([
    [plain('ann@example.org'), email('bob@example.org'), 'failed: recipient-mismatch'],
    [
      hash(`sha256$${sha256('ann@example.orgsalt')}`, 'pepper'),
      email('ann@example.org'),
      'failed: recipient-mismatch',
    ],
    [hash(`md5$${md5('ann@example.org')}`), email('bob@example.org'), 'failed: recipient-mismatch'],
    [
      plain('https://ann.example.org/', 'url'),
      identifier('https://ANN.example.org/'),
      'failed: recipient-mismatch',
    ],
    [plain('ann@example.org'), identifier('ann@example.org'), 'undetermined: recipient-not-named'],
    [
      plain('https://ann.example.org/', 'url'),
      email('ann@example.org'),
      'undetermined: recipient-not-named',
    ],
  ])('%o is not %o', async (recipient, claim, finding) => {
    const badge = assertion({ recipient });
    const web = new Web([badge, badgeClass(), profile()]);
    const verdict = finding.startsWith('failed') ? 'invalid' : 'undetermined';
    expect(await outcome(badge, web, claim)).toEqual({ verdict, recipient: finding });
  });

  it('by the published copy', async () => {
    const changed = assertion({ recipient: plain('eve@example.org') });
    expect(await outcome(changed, hosted(), email('eve@example.org'))).toMatchObject({
      verdict: 'invalid',
      proof: 'failed: hosted-copy-differs',
    });
  });
});

describe('a published document that speaks like a check of ours is a document', () => {
  const passed = { outcome: 'passed', message: 'Take it from me.' };

  it('as the class: nobody but the issuer vouches for the issuer named in place', async () => {
    const told = badgeClass({
      id: 'https://stranger.example/class',
      issuer: profile({ name: 'Example University' }),
    });
    const copy = assertion({ id: 'https://stranger.example/badge', badge: told });
    const web = new Web([copy, { id: 'https://stranger.example/class', ...passed }, profile()]);
    expect(await outcome(copy, web)).toMatchObject({
      verdict: 'invalid',
      structure: 'failed: not-an-open-badge',
    });
  });

  it.each([
    ['the copy', ASSERTION],
    ['the class', BADGE_CLASS],
    ['the issuer', ISSUER],
  ])('as %s', async (_name, id) => {
    const web = hosted();
    web.put({ id, ...passed });
    const { verdict, result } = await verified(assertion(), web);
    expect(verdict).not.toBe('valid');
    expect(JSON.stringify(result.findings)).not.toContain('Take it');
  });

  it('and "revoked" in an array of one is revoked', async () => {
    const web = hosted();
    web.put(assertion({ revoked: [true] }));
    expect(await outcome(assertion({ revoked: [true] }), web)).toMatchObject({
      verdict: 'invalid',
      status: 'failed: revoked',
    });
  });
});
