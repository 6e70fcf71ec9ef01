import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeOnEngines, type Service, startService } from '../support/service.ts';
import { changeStatus, type Issued, issue, makeUniversity, replaceKey } from './support/award.ts';
import { BADGE_CHANGES, changed, LIST_CHANGES } from './support/change.ts';
import { fetchPublic, isAccepted, setPurposes } from './support/digital-bazaar.ts';

/** A list is signed again within five seconds of a change. */
const LIST_FOLLOWS = { timeout: 5_000, interval: 100 };

describeOnEngines('@digitalbazaar/vc, of a badge with an embedded proof', (engine) => {
  let service: Service;
  let key: string;
  let badge: Issued;
  beforeAll(async () => {
    service = await startService({ engine });
    ({ key } = await makeUniversity(service));
    badge = await issue(service, key);
  });
  afterAll(() => service.close());

  it('accepts it', async () => {
    expect(await isAccepted(service, badge.credential)).toBe(true);
  });

  it.each(Object.entries(BADGE_CHANGES))('refuses it with another %s', async (_name, change) => {
    expect(await isAccepted(service, changed(badge.credential, change))).toBe(false);
  });

  it('accepts a validation of prior learning, with evidence and an end', async () => {
    const { credential } = await issue(service, key, {
      route: 'validation',
      narrative: { fr: 'Dossier et entretien.', en: 'Portfolio and interview.' },
      evidence: [{ url: 'https://www.condroz.example/dossier/7', name: 'Dossier' }],
      validUntil: '2036-06-30T12:00:00Z',
    });
    expect(await isAccepted(service, credential)).toBe(true);
  });

  it('accepts a badge that names the learner by hashed identifiers too', async () => {
    const { credential } = await issue(service, key, { identifyBy: ['student-number'] });
    expect(await isAccepted(service, credential)).toBe(true);
  });

  it('accepts the badge of a test issuer, whose name says that it is one', async () => {
    const test = await makeUniversity(service, { issuer: { test: true } });
    const { credential } = await issue(service, test.key);
    expect(await isAccepted(service, credential)).toBe(true);
    expect(credential['name']).not.toBe(badge.credential['name']);
  });

  it('sees a revocation within seconds', async () => {
    const revoked = await issue(service, key);
    expect(await setPurposes(service, revoked.credential)).toEqual([]);
    await changeStatus(service, key, revoked.id, 'revoke');
    await expect
      .poll(() => setPurposes(service, revoked.credential), LIST_FOLLOWS)
      .toEqual(['revocation']);
    expect(await isAccepted(service, revoked.credential)).toBe(false);
    expect(await isAccepted(service, badge.credential)).toBe(true);
  });

  it('sees a suspension and its end, where the class chose both purposes', async () => {
    const both = { statusPurposes: ['revocation', 'suspension'] };
    const other = await makeUniversity(service, { definition: both });
    const suspended = await issue(service, other.key);
    const purposes = () => setPurposes(service, suspended.credential);
    expect(await isAccepted(service, suspended.credential)).toBe(true);
    await changeStatus(service, other.key, suspended.id, 'suspend');
    await expect.poll(purposes, LIST_FOLLOWS).toEqual(['suspension']);
    await changeStatus(service, other.key, suspended.id, 'reinstate');
    await expect.poll(purposes, LIST_FOLLOWS).toEqual([]);
    expect(await isAccepted(service, suspended.credential)).toBe(true);
  });
});

describeOnEngines('@digitalbazaar/vc, of the status list', (engine) => {
  let service: Service;
  let list: Record<string, any>;
  beforeAll(async () => {
    service = await startService({ engine });
    const { key } = await makeUniversity(service);
    const { credential } = await issue(service, key);
    list = await fetchPublic(service, credential['credentialStatus'].statusListCredential);
  });
  afterAll(() => service.close());

  it('accepts it as a credential of its own', async () => {
    expect(await isAccepted(service, list)).toBe(true);
  });

  it.each(Object.entries(LIST_CHANGES))('refuses it with another %s', async (_name, change) => {
    expect(await isAccepted(service, changed(list, change))).toBe(false);
  });
});

describeOnEngines('@digitalbazaar/vc, after a key was replaced', (engine) => {
  let service: Service;
  let key: string;
  let before: Issued;
  beforeAll(async () => {
    service = await startService({ engine });
  });
  afterAll(() => service.close());

  async function replace(purpose: string, act: 'rotate' | 'compromised'): Promise<Issued> {
    ({ key } = await makeUniversity(service));
    before = await issue(service, key);
    await replaceKey(service, key, purpose, act);
    return issue(service, key);
  }
  const methodOf = ({ credential }: Issued) => credential['proof'][0].verificationMethod;

  it('accepts what the rotated key signed, and what the new one signs', async () => {
    const after = await replace('credential-proof', 'rotate');
    expect(methodOf(after)).not.toBe(methodOf(before));
    expect(await isAccepted(service, before.credential)).toBe(true);
    expect(await isAccepted(service, after.credential)).toBe(true);
  });

  it('refuses what a compromised key signed, and accepts what its successor signs', async () => {
    const after = await replace('credential-proof', 'compromised');
    expect(await isAccepted(service, before.credential)).toBe(false);
    expect(await isAccepted(service, after.credential)).toBe(true);
  });

  it('accepts a list that a rotated key signed', async () => {
    const after = await replace('status-list', 'rotate');
    expect(await isAccepted(service, before.credential)).toBe(true);
    expect(await isAccepted(service, after.credential)).toBe(true);
  });
});
