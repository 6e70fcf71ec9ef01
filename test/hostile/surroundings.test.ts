/** What stands around a badge: a newer version, endorsements, an address, a recipient; and what all of it may cost. */
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { verificationService } from '../../src/modules/verification/index.ts';
import {
  badge,
  CONTEXT,
  claimsOf,
  createIssuer,
  forgeProof,
  issueJwt,
  type Json,
} from './support/issuer.ts';
import { createWorld } from './support/world.ts';

const NEWEST = 'https://issuer.example/newest/1';
const LIST = 'https://issuer.example/revoked';
const DID_DOCUMENT = 'https://issuer.example/issuers/alpha/did.json';
const EXTENSIONS = 'https://purl.imsglobal.org/spec/ob/v3p0/extensions.json';
const world = createWorld();
const alpha = await createIssuer(1, 'did:web:issuer.example:issuers:alpha');
const endorser = await createIssuer(7);
const intruder = await createIssuer(9, 'did:web:intruder.example');
afterAll(() => world.close());
beforeEach(() => {
  world.documents.clear();
  world.requests.length = 0;
  world.documents.set(DID_DOCUMENT, JSON.stringify(alpha.didDocument));
});

const refreshable = (changes: Json = {}, by = alpha) =>
  forgeProof(
    by,
    badge(alpha.id, {
      '@context': [...CONTEXT, EXTENSIONS],
      refreshService: { id: NEWEST, type: '1EdTechCredentialRefresh' },
      ...changes,
    }),
  );
const revocable = { credentialStatus: { id: LIST, type: '1EdTechRevocationList' } };
const publishList = (...ids: string[]) =>
  world.documents.set(LIST, JSON.stringify({ revokedCredential: ids.map((id) => ({ id })) }));
const publish = (document: unknown) =>
  world.documents.set(NEWEST, typeof document === 'string' ? document : JSON.stringify(document));
const codes = (report: Awaited<ReturnType<typeof world.verify>>) =>
  report.checks.flatMap(({ name, code }) => (code === undefined ? [] : [`${name} ${code}`]));

describe('a newer version', () => {
  it('that is the same changes nothing', async () => {
    const credential = await refreshable();
    publish(credential);
    const report = await world.verify(credential);
    expect(report).toMatchObject({
      verdict: 'valid',
      warnings: [],
      refreshed: { verdict: 'valid', differs: false },
    });
  });

  it('that says something else is named, and the verdict is of what was handed in', async () => {
    publish(await refreshable({ name: 'Water management II' }));
    const report = await world.verify(await refreshable());
    expect(report).toMatchObject({
      verdict: 'valid',
      warnings: [{ code: 'newer-version' }],
      credential: { name: 'Water management' },
      refreshed: { verdict: 'valid', differs: true, credential: { name: 'Water management II' } },
    });
  });

  it('that is valid does not make an ended one valid', async () => {
    publish(await refreshable({ validUntil: '2030-01-01T00:00:00Z' }));
    const report = await world.verify(await refreshable({ validUntil: '2026-11-21T00:00:00Z' }));
    expect(report).toMatchObject({ verdict: 'invalid', refreshed: { verdict: 'valid' } });
  });

  it.each([
    ['revoked', revocable, 'status revoked'],
    ['ended', { validUntil: '2026-11-21T00:00:00Z' }, 'status newest-not-in-force'],
  ])('that was %s makes the older one invalid', async (_name, changes, code) => {
    publishList(badge(alpha.id)['id']);
    publish(await refreshable(changes));
    const report = await world.verify(await refreshable());
    expect([report.verdict, report.refreshed?.verdict]).toEqual(['invalid', 'invalid']);
    expect(codes(report)).toContain(code);
  });

  it('is asked for also where the service has several types', async () => {
    publishList(badge(alpha.id)['id']);
    publish(await refreshable(revocable));
    const refreshService = { id: NEWEST, type: ['1EdTechCredentialRefresh'] };
    const report = await world.verify(await refreshable({ refreshService }));
    expect(report.verdict).toBe('invalid');
  });

  it('whose status cannot be told leaves that of the older one open', async () => {
    publish(await refreshable(revocable));
    const report = await world.verify(await refreshable());
    expect(report.verdict).toBe('undetermined');
    expect(codes(report)).toContain('status newest-status-open');
  });

  it.each([
    ['cannot be had', () => undefined, 'undetermined'],
    ['is HTML', () => '<html>', 'invalid'],
    ['is not signed', () => badge(alpha.id), 'invalid'],
    ['was changed', async () => ({ ...(await refreshable(revocable)), name: 'x' }), 'invalid'],
    ['is signed by an intruder', () => refreshable(revocable, intruder), 'invalid'],
    [
      'is another credential',
      () => refreshable({ ...revocable, id: 'https://issuer.example/credentials/2' }),
      'invalid',
    ],
    [
      "is an intruder's own",
      () => forgeProof(endorser, badge(endorser.id, { validUntil: '2026-11-21T00:00:00Z' })),
      'invalid',
    ],
  ])('that %s changes nothing, and is told', async (_name, document, verdict) => {
    publishList(badge(alpha.id)['id'], 'https://issuer.example/credentials/2');
    const newest = await document();
    if (newest !== undefined) publish(newest);
    const report = await world.verify(await refreshable());
    expect([report.verdict, report.refreshed?.verdict]).toEqual(['valid', verdict]);
    expect(report.refreshed?.differs).toBe(false);
  });

  it('is the same credential under a percent-encoded id', async () => {
    publish(await refreshable({ id: 'https://issuer.example/credentials/%31' }));
    const report = await world.verify(await refreshable());
    expect(report.refreshed?.verdict).toBe('valid');
  });

  it('is looked for once, and never for a badge that is not proven', async () => {
    publish(await refreshable({ name: 'other' }));
    await world.verify(await refreshable());
    expect(world.requests.filter((url) => url === NEWEST)).toHaveLength(1);
    world.requests.length = 0;
    await world.verify({ ...(await refreshable()), name: 'changed' });
    expect(world.requests).not.toContain(NEWEST);
  });
});

const endorsement = (id: string, changes: Json = {}) => ({
  '@context': CONTEXT,
  id: 'urn:uuid:5f7c1f86-0f4f-4f0e-9f27-0c6f3f4d3c11',
  type: ['VerifiableCredential', 'EndorsementCredential'],
  name: 'Endorsement',
  issuer: { id: endorser.id, type: ['Profile'], name: 'Academy' },
  validFrom: '2026-11-20T09:00:00Z',
  credentialSubject: { id, type: ['EndorsementSubject'], endorsementComment: 'Well done.' },
  ...changes,
});
const signedEndorsement = (id: string, changes: Json = {}) =>
  forgeProof(endorser, endorsement(id, changes));
const OWN = badge(alpha.id)['id'] as string;

describe('an endorsement', () => {
  const endorsed = async (...endorsements: unknown[]) =>
    forgeProof(alpha, badge(alpha.id, { endorsement: endorsements }));

  it('of badge, achievement and issuer has a verdict of its own', async () => {
    const base = badge(alpha.id);
    const subject = base['credentialSubject'];
    const { achievement } = subject;
    const credential = await forgeProof(alpha, {
      ...base,
      endorsement: [await signedEndorsement(OWN)],
      issuer: { ...base['issuer'], endorsement: [await signedEndorsement(alpha.id)] },
      credentialSubject: {
        ...subject,
        achievement: { ...achievement, endorsement: [await signedEndorsement(achievement.id)] },
      },
    });
    const report = await world.verify(credential);
    expect(report.verdict).toBe('valid');
    expect(report.endorsements).toMatchObject(
      ['credential', 'achievement', 'issuer'].map((about) => ({
        about,
        verdict: 'valid',
        comment: 'Well done.',
        issuer: { id: endorser.id, name: 'Academy' },
      })),
    );
  });

  it('as a token', async () => {
    const other = await createIssuer(6, 'did:web:other.example');
    world.documents.set(
      'https://other.example/.well-known/did.json',
      JSON.stringify(other.didDocument),
    );
    const claims = claimsOf({
      ...endorsement(OWN),
      issuer: { id: other.id, type: ['Profile'], name: 'Other' },
    });
    const credential = await forgeProof(
      alpha,
      badge(alpha.id, { endorsementJwt: [await issueJwt(other.es256, claims)] }),
    );
    const { verdict, endorsements } = await world.verify(credential);
    expect([verdict, endorsements[0]?.verdict]).toEqual(['valid', 'valid']);
  });

  it.each([
    [
      'of another badge',
      () => signedEndorsement('https://issuer.example/credentials/2'),
      'invalid',
      'endorsement-of-another',
    ],
    [
      'changed after signing',
      async () => ({ ...(await signedEndorsement(OWN)), name: 'x' }),
      'invalid',
      'signature-wrong',
    ],
    [
      'that has ended',
      () => signedEndorsement(OWN, { validUntil: '2026-11-21T00:00:00Z' }),
      'invalid',
      'expired',
    ],
    [
      'in the name of another',
      () => forgeProof(intruder, endorsement(OWN)),
      'invalid',
      'issuer-key-mismatch',
    ],
    [
      'whose issuer cannot be asked',
      () => forgeProof(intruder, { ...endorsement(OWN), issuer: intruder.id }),
      'undetermined',
      'issuer-document-unavailable',
    ],
  ])('%s never changes the verdict of the badge', async (_name, make, verdict, code) => {
    const report = await world.verify(await endorsed(await make()));
    expect(report.endorsements[0]?.verdict).toBe(verdict);
    expect(report.endorsements[0]?.checks.map((check) => check.code)).toContain(code);
    expect(report.checks.filter(({ outcome }) => outcome === 'failed')).toEqual([]);
    expect(report.verdict).toBe('valid');
  });

  it('is looked at ten times, in one budget of addresses and time', async () => {
    const others = await Promise.all(
      Array.from({ length: 12 }, async (_unused, at) => {
        const other = await createIssuer(30 + at, `did:web:e${at}.example`);
        return forgeProof(other, { ...endorsement(OWN), issuer: other.id });
      }),
    );
    const report = await world.verify(await endorsed(...others));
    expect(report.verdict).toBe('valid');
    expect(report.endorsements).toHaveLength(10);
    for (const { verdict } of report.endorsements) expect(verdict).toBe('undetermined');
    expect(world.requests).toHaveLength(4);
  });

  it('of a badge that is not proven is not looked at', async () => {
    const report = await world.verify({
      ...(await endorsed(await signedEndorsement(OWN))),
      name: 'x',
    });
    expect([report.verdict, report.endorsements.length]).toEqual(['invalid', 0]);
  });
});

describe('an address', () => {
  const ADDRESS = 'https://issuer.example/credentials/1';

  it('is fetched, and counts among the four', async () => {
    const lists = [1, 2, 3].map((at) => `https://issuer.example/status/${at}`);
    const credential = await forgeProof(
      alpha,
      badge(alpha.id, {
        credentialStatus: lists.map((list) => ({
          id: `${list}#1`,
          type: 'BitstringStatusListEntry',
          statusPurpose: 'revocation',
          statusListIndex: '1',
          statusListCredential: list,
        })),
      }),
    );
    world.documents.set(ADDRESS, JSON.stringify(credential));
    const report = await world.verifyAddress(ADDRESS);
    expect(report.verdict).toBe('undetermined');
    expect(world.requests).toEqual([ADDRESS, DID_DOCUMENT, lists[0], lists[1]]);
  });

  it('of a good badge is as good as its file', async () => {
    world.documents.set(ADDRESS, JSON.stringify(await forgeProof(alpha, badge(alpha.id))));
    expect((await world.verifyAddress(`${ADDRESS}#part`)).verdict).toBe('valid');
  });

  it.each([
    ['not to be had', 'https://nowhere.example/', 'address-unreachable'],
    ['no address', 'not an address', 'address-malformed'],
    ['of a page', ADDRESS, 'not-a-credential'],
  ])('%s is a report', async (_name, address, code) => {
    world.documents.set(ADDRESS, ' <!doctype html><title>x</title>');
    const report = await world.verifyAddress(address);
    expect(report.verdict).toBe('undetermined');
    expect(report.checks[0]).toMatchObject({ name: 'structure', outcome: 'undetermined', code });
    expect(report.credential).toBeUndefined();
  });
});

describe('a recipient', () => {
  const credential = async (subject: Json = {}) => {
    const base = badge(alpha.id);
    return forgeProof(alpha, {
      ...base,
      credentialSubject: { ...base['credentialSubject'], ...subject },
    });
  };
  const asked = async (value: string, subject?: Json) =>
    world.verify(await credential(subject), undefined, { recipient: { type: 'email', value } });

  it.each([
    ['mailto:ada@example.org', 'valid', undefined],
    ['mailto:bob@example.org', 'invalid', 'recipient recipient-mismatch'],
    ['did:example:ada', 'undetermined', 'recipient recipient-not-named'],
  ])('compared with %s: %s', async (id, verdict, code) => {
    const report = await asked('ada@example.org', { id });
    expect(report.verdict).toBe(verdict);
    expect(report.checks).toHaveLength(7);
    if (code !== undefined) expect(codes(report)).toContain(code);
    expect(JSON.stringify({ ...report, credential: undefined })).not.toContain('ada@');
  });

  it('is checked last, and skipped where nothing can be read', async () => {
    const report = await world.verify('{', undefined, {
      recipient: { type: 'email', value: 'ada@example.org' },
    });
    expect(report.checks.at(-1)).toMatchObject({ name: 'recipient', outcome: 'skipped' });
  });
});

describe('hosts that never answer', () => {
  it('end in a report in time, and never in "valid"', async () => {
    const service = verificationService({
      canonicaliseAll: world.canonicaliser.canonicaliseAll,
      resolve: () => new Promise(() => {}),
      clock: () => new Date('2026-11-21T12:00:00Z'),
      allowHttpLoopback: false,
      timeLimitMs: 100,
    });
    const body = Buffer.from(JSON.stringify(await refreshable()));
    expect((await service.verify(body)).verdict).toBe('undetermined');
    const { checks } = await service.verifyAddress('https://issuer.example/credentials/1');
    expect(checks[0]).toMatchObject({ code: 'address-timeout' });
  });
});

describe('a fault at any step', () => {
  it('never ends in "valid" and never in a refusal', async () => {
    publishList();
    const credential = await refreshable({
      ...revocable,
      endorsement: [await signedEndorsement(OWN)],
    });
    publish(await refreshable({ ...revocable, name: 'newer' }));
    const good = await world.verify(credential);
    expect([good.verdict, good.refreshed?.verdict]).toEqual(['valid', 'valid']);
    const bodyOf = (url: string) => world.documents.get(url);
    const steps = [DID_DOCUMENT, LIST];
    for (const broken of steps) {
      for (const fault of [new Error('down'), null, '<html>', '{}', '{"a":1,"a":2}', '\u0000']) {
        const service = verificationService({
          canonicaliseAll: world.canonicaliser.canonicaliseAll,
          resolve: async (url) => {
            if (url === broken && typeof fault !== 'string') throw fault;
            const body = url === broken ? String(fault) : String(bodyOf(url));
            return { mediaType: 'application/json', body: Buffer.from(body) };
          },
          clock: () => new Date('2026-11-21T12:00:00Z'),
          allowHttpLoopback: false,
        });
        const report = await service.verify(Buffer.from(JSON.stringify(credential)));
        expect(report.verdict, `${broken} ${fault}`).not.toBe('valid');
      }
    }
  });
});
