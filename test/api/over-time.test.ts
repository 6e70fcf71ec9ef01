import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { EXAMPLE_PROFILE } from '../../src/modules/issuer/schema.ts';
import { createDatabase } from '../support/postgres-server.ts';
import {
  awardTo,
  describeOnEngines,
  expectStatus,
  makeIssuer,
  type Service,
  startService,
} from '../support/service.ts';

describeOnEngines('What was said stays true while things change', (engine) => {
  let service: Service;
  beforeAll(async () => {
    service = await startService({ engine });
  });
  afterAll(() => service.close());

  const call = (key: string, method: string, path: string, body?: unknown, headers = {}) =>
    service.call(method, path, { key, body, headers });
  const open = async (url: string) =>
    expectStatus(await service.call('GET', url, { key: undefined }), 200);
  const verdict = async (text: string) =>
    (
      await service.call('POST', '/v1/verify', {
        key: undefined,
        body: text,
        headers: { 'content-type': 'application/vc+ld+json' },
      })
    ).json.verdict;

  it('a repeated request gets its first answer after the class was retired', async () => {
    const { key, credentialClass } = await makeIssuer(service);
    const body = awardTo('1', { credentialClass: { id: credentialClass.id } });
    const once = { 'idempotency-key': 'k1' };
    const first = expectStatus(await call(key, 'POST', '/v1/assertions', body, once), 201);
    expectStatus(
      await call(key, 'POST', `/v1/credential-classes/${credentialClass.id}/retire`),
      200,
    );
    const again = await call(key, 'POST', '/v1/assertions', body, once);
    expect([again.status, again.text]).toEqual([201, first.text]);
    expect(again.headers['idempotent-replayed']).toBe('true');
    const other = await call(key, 'POST', '/v1/assertions', { ...body, period: '2' }, once);
    expect([other.status, other.json.code]).toEqual([422, 'idempotency-key-reused']);
  });

  it('the achievement in a badge is the published one, whatever the issuer says of itself later', async () => {
    const { key, issuer, credentialClass } = await makeIssuer(service);
    const published = (await open(credentialClass.url)).json;
    const read = expectStatus(await call(key, 'GET', `/v1/issuers/${issuer.id}`), 200);
    const profile = { ...EXAMPLE_PROFILE, name: { fr: 'Université renommée', en: 'Renamed' } };
    expectStatus(
      await call(
        key,
        'PUT',
        `/v1/issuers/${issuer.id}`,
        { profile },
        {
          'if-match': read.headers['etag'] ?? '',
        },
      ),
      200,
    );
    const award = expectStatus(await call(key, 'POST', '/v1/assertions', awardTo('1')), 201).json;
    const badge = await open(award.url);
    const { '@context': _context, ...achievement } = published;
    expect(badge.json.credentialSubject.achievement).toEqual(achievement);
    expect(badge.json.issuer.name).toBe('Université renommée');
    expect(await verdict(badge.text)).toBe('valid');
  });

  it('credentials stay valid when the key of their status list is compromised', async () => {
    const { key } = await makeIssuer(service);
    const award = expectStatus(await call(key, 'POST', '/v1/assertions', awardTo('1')), 201).json;
    const badge = await open(award.url);
    const keys = expectStatus(await call(key, 'GET', '/v1/keys'), 200).json.items;
    const listKey = keys.find((one: { purpose: string }) => one.purpose === 'status-list');
    expectStatus(await call(key, 'POST', `/v1/keys/${listKey.id}/compromised`), 200);
    expect(await verdict(badge.text)).not.toBe('valid');
    await service.services.jobs.find(({ name }) => name === 'status-list.publish')?.run();
    expect(await verdict(badge.text)).toBe('valid');
  });

  it('a class whose awards could not be revoked is refused', async () => {
    const { key, credentialClass } = await makeIssuer(service);
    const refused = await call(key, 'POST', '/v1/credential-classes', {
      definition: { ...credentialClass.definition, statusPurposes: ['suspension'] },
    });
    expect([refused.status, refused.json.errors[0].code]).toEqual([422, 'revocation-missing']);
  });

  describe('a correction', () => {
    const correction = {
      original: 'revoke',
      route: 'course',
      awardedAt: '2026-06-30T12:00:00Z',
      results: [{ value: '18' }],
    };

    it('takes over the caller id, and is an event of both awards', async () => {
      const { key } = await makeIssuer(service);
      const body = awardTo('1', { externalId: 'sis-1' });
      const first = expectStatus(await call(key, 'POST', '/v1/assertions', body), 201).json;
      const path = '/v1/assertions/ext:sis-1';
      const second = expectStatus(await call(key, 'POST', `${path}/reissue`, correction), 201).json;
      expect(second.externalId).toBe('sis-1');
      expect((await call(key, 'GET', path)).json).toMatchObject({
        id: second.id,
        supersedes: first.id,
        state: 'issued',
      });
      expect((await call(key, 'GET', `/v1/assertions/${first.id}`)).json).toMatchObject({
        state: 'revoked',
        supersededBy: second.id,
      });
      const { items } = (await call(key, 'GET', '/v1/audit-events?resourceType=assertion')).json;
      expect(items.map((event: any) => [event.action, event.resource.id, event.data])).toEqual(
        expect.arrayContaining([
          ['assertion.revoke', first.id, { reason: 'superseded', supersededBy: second.id }],
          [
            'assertion.reissue',
            second.id,
            expect.objectContaining({ supersedes: first.id, original: 'revoke' }),
          ],
        ]),
      );
    });

    it('does not lift a suspension', async () => {
      const { key } = await makeIssuer(service, {
        definition: { statusPurposes: ['suspension', 'revocation'] },
      });
      const award = expectStatus(await call(key, 'POST', '/v1/assertions', awardTo('1')), 201).json;
      const path = `/v1/assertions/${award.id}`;
      expectStatus(await call(key, 'POST', `${path}/suspend`, { reason: 'Under review' }), 200);
      const refused = await call(key, 'POST', `${path}/reissue`, {
        ...correction,
        original: 'keep',
      });
      expect([refused.status, refused.json.code]).toEqual([409, 'assertion-not-correctable']);
    });
  });

  it('an identifier learnt with an award is seen by whoever is about to replace the learner', async () => {
    const { key } = await makeIssuer(service);
    const first = awardTo('77');
    const award = expectStatus(await call(key, 'POST', '/v1/assertions', first), 201).json;
    const path = `/v1/recipients/${award.recipient.id}`;
    const before = expectStatus(await call(key, 'GET', path), 200);
    const known = first.recipient.identifiers;
    const more = awardTo('77', {
      period: '2',
      recipient: {
        fullName: 'Zoé Lefèvre',
        identifiers: [...known, { type: 'eppn', value: 'zoe@example.edu' }],
      },
    });
    expectStatus(await call(key, 'POST', '/v1/assertions', more), 201);
    const stale = await call(
      key,
      'PUT',
      path,
      { fullName: 'Zoé Lefèvre', identifiers: known },
      { 'if-match': before.headers['etag'] ?? '' },
    );
    expect(stale.status).toBe(412);
    const now = (await call(key, 'GET', path)).json;
    expect(now.identifiers.map((one: { type: string }) => one.type)).toEqual([
      'eppn',
      'student-number',
    ]);
  });
});

describe('Two processes on one database', () => {
  it('make one platform client at their first start', async () => {
    const databaseUrl = await createDatabase(inject('postgresUrl'));
    const both = await Promise.all([
      startService({ engine: 'postgresql', databaseUrl }),
      startService({ engine: 'postgresql', databaseUrl }),
    ]);
    expect(both.filter(({ platformKey }) => platformKey !== '')).toHaveLength(1);
    await Promise.all(both.map((service) => service.close()));
  });

  it('never sign what one of them still believes of the issuer', async () => {
    const databaseUrl = await createDatabase(inject('postgresUrl'));
    const one = await startService({ engine: 'postgresql', databaseUrl });
    const two = await startService({
      engine: 'postgresql',
      databaseUrl,
      environment: { MASTER_KEY_FILE: one.masterKeyFile },
    });
    const { key, issuer } = await makeIssuer(one);
    const award = (service: Service, number: string) =>
      service.call('POST', '/v1/assertions', { key, body: awardTo(number) });
    expectStatus(await award(two, '1'), 201);
    const read = await one.call('GET', `/v1/issuers/${issuer.id}`, { key });
    const profile = { ...EXAMPLE_PROFILE, name: { fr: 'Nouveau nom', en: 'New name' } };
    expectStatus(
      await one.call('PUT', `/v1/issuers/${issuer.id}`, {
        key,
        body: { profile },
        headers: { 'if-match': read.headers['etag'] ?? '' },
      }),
      200,
    );
    const made = expectStatus(await award(two, '2'), 201).json;
    const badge = await two.call('GET', made.url, { key: undefined });
    expect(badge.json.issuer.name).toBe('Nouveau nom');
    await two.close();
    await one.close();
  });

  it('award the next version of a class as soon as one of them has published it', async () => {
    const databaseUrl = await createDatabase(inject('postgresUrl'));
    const one = await startService({ engine: 'postgresql', databaseUrl });
    const two = await startService({
      engine: 'postgresql',
      databaseUrl,
      environment: { MASTER_KEY_FILE: one.masterKeyFile },
    });
    const { key, credentialClass } = await makeIssuer(one);
    const award = (number: string) =>
      two.call('POST', '/v1/assertions', { key, body: awardTo(number) });
    expectStatus(await award('1'), 201);
    const classes = '/v1/credential-classes';
    const draft = await one.call('POST', `${classes}/${credentialClass.id}/revise`, { key });
    const { id } = expectStatus(draft, 201).json;
    expectStatus(await one.call('POST', `${classes}/${id}/publish`, { key }), 200);
    expect(expectStatus(await award('2'), 201).json.credentialClass.id).toBe(id);
    const retired = expectStatus(await one.call('POST', `${classes}/${id}/retire`, { key }), 200);
    expect(retired.json.state).toBe('retired');
    const refused = await award('3');
    expect([refused.status, refused.json.code]).toEqual([422, 'class-retired']);
    await two.close();
    await one.close();
  });
});
