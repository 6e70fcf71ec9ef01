import { createHash } from 'node:crypto';
import { sql } from 'drizzle-orm';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EXAMPLE_DEFINITION } from '../../src/modules/credential-class/schema.ts';
import { EXAMPLE_PROFILE } from '../../src/modules/issuer/schema.ts';
import {
  awardTo,
  describeOnEngines,
  expectStatus,
  makeIssuer,
  type Service,
  startService,
} from '../support/service.ts';
import { superuser } from '../support/superuser.ts';
import { png } from '../unit/imaging/support/png.ts';
import { picture } from './support/operations.ts';

const ABSENT = 'A'.repeat(43);
const digestOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('base64url');

describeOnEngines('Images', (engine) => {
  let service: Service;
  let made: Awaited<ReturnType<typeof makeIssuer>>;
  let other: Awaited<ReturnType<typeof makeIssuer>>;
  beforeAll(async () => {
    service = await startService({ engine });
    made = await makeIssuer(service);
    other = await makeIssuer(service);
  });
  afterAll(() => service.close());

  const upload = (body: string | Buffer, type = 'image/svg+xml', key = made.key) =>
    service.call('POST', '/v1/images', { key, body, headers: { 'content-type': type } });
  const uploaded = async (key?: string) =>
    expectStatus(await upload(picture(), 'image/svg+xml', key), 201).json;
  /** The bytes at a public address, as they are. */
  const open = (
    url: string,
    headers: Record<string, string> = {},
    method: 'GET' | 'HEAD' = 'GET',
  ) => service.app.inject({ method, url: new URL(url).pathname, headers });
  const define = async (members: object, key = made.key) =>
    service.call('POST', '/v1/credential-classes', {
      key,
      body: { definition: { ...EXAMPLE_DEFINITION, ...members } },
    });
  const publish = async (id: string) =>
    service.call('POST', `/v1/credential-classes/${id}/publish`, { key: made.key });

  it('an upload is at the address its bytes name, the same bytes again are the same image', async () => {
    const body = png();
    const first = expectStatus(await upload(body, 'image/png'), 201);
    expect(first.json).toMatchObject({
      mediaType: 'image/png',
      width: 64,
      height: 64,
      origin: 'uploaded',
    });
    expect(first.headers['location']).toBe(`/v1/images/${first.json.id}`);
    const second = expectStatus(await upload(body, 'Image/PNG; x=y'), 200);
    expect(second.json).toEqual(first.json);
    const served = await open(first.json.url);
    expect([served.statusCode, served.headers['content-type']]).toEqual([200, 'image/png']);
    expect(digestOf(served.rawPayload)).toBe(first.json.id);
    expect(served.rawPayload).toHaveLength(first.json.bytes);
    const read = await service.call('GET', first.headers['location'] ?? '', { key: made.key });
    expect(expectStatus(read, 200).json).toEqual(first.json);
  });

  it('two uploads of one picture at once keep one', async () => {
    const body = picture();
    const answers = await Promise.all([upload(body), upload(body), upload(body)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 201]);
    expect(new Set(answers.map(({ json }) => json.id)).size).toBe(1);
  });

  it('the address is answered as what strangers sent must be', async () => {
    const { url, id } = await uploaded();
    const served = await open(url, { origin: 'https://page.example', cookie: 'a=b' });
    expect(served.headers).toMatchObject({
      'content-type': 'image/svg+xml',
      'content-security-policy':
        "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox",
      'x-content-type-options': 'nosniff',
      'cache-control': 'public, max-age=31536000, immutable',
      'cross-origin-resource-policy': 'cross-origin',
      'access-control-allow-origin': '*',
      'referrer-policy': 'no-referrer',
      'content-disposition': `inline; filename="image-${id}.svg"`,
      etag: `"${id}"`,
    });
    expect(served.headers['set-cookie']).toBeUndefined();
    const head = await open(url, {}, 'HEAD');
    expect([head.statusCode, head.payload]).toEqual([200, '']);
    for (const name of ['etag', 'content-type', 'content-length', 'content-security-policy']) {
      expect([name, head.headers[name]]).toEqual([name, served.headers[name]]);
    }
    for (const known of [`"${id}"`, `W/"${id}"`, `"x", "${id}"`, '*']) {
      const unchanged = await open(url, { 'if-none-match': known });
      expect([unchanged.statusCode, unchanged.payload]).toEqual([304, '']);
      expect(unchanged.headers['cache-control']).toContain('immutable');
      expect(unchanged.headers['content-security-policy']).toContain('sandbox');
    }
  });

  it('what is refused says what is wrong, and nothing is kept', async () => {
    const list = async () =>
      (await service.call('GET', '/v1/images?limit=200', { key: made.key })).json.items.length;
    const before = await list();
    const cases: readonly (readonly [string | Buffer, string, number, string])[] = [
      [Buffer.from('GIF89a'), 'image/png', 422, 'image-type-unsupported'],
      [png(), 'image/jpeg', 422, 'image-type-mismatch'],
      [png().subarray(0, 60), 'image/png', 422, 'image-broken'],
      [png({ width: 5000, height: 32 }), 'image/png', 422, 'image-too-many-pixels'],
      [png({ width: 16, height: 16 }), 'image/png', 422, 'image-too-small'],
      [`<!DOCTYPE svg>${picture()}`, 'image/svg+xml', 422, 'image-unsafe'],
      [
        picture().replace('/>', `/>${'<g/>'.repeat(6000)}`),
        'image/svg+xml',
        422,
        'image-too-complex',
      ],
      [
        Buffer.concat([Buffer.from(picture()), Buffer.alloc(300_000, 0x20)]),
        'image/svg+xml',
        422,
        'image-too-large',
      ],
      [Buffer.alloc(1_048_577), 'image/png', 413, 'body-too-large'],
      [png(), 'image/gif', 415, 'unsupported-media-type'],
      ['{}', 'application/json', 415, 'unsupported-media-type'],
      ['x=y', 'application/x-www-form-urlencoded', 415, 'unsupported-media-type'],
      ['', 'image/png', 422, 'image-type-unsupported'],
    ];
    for (const [body, type, status, code] of cases) {
      const answer = await upload(body, type);
      expect([answer.status, answer.json.code]).toEqual([status, code]);
      expect(answer.headers['content-type']).toContain('application/problem+json');
    }
    expect(await list()).toBe(before);
  });

  it('whoever may write an issuer or a class may upload, and nobody else', async () => {
    const keyWith = async (scopes: string[]) =>
      expectStatus(
        await service.call('POST', '/v1/clients', {
          key: made.key,
          body: { name: 'Narrow', scopes },
        }),
        201,
      ).json.keys[0].secret;
    for (const scope of ['issuer.write', 'class.write']) await uploaded(await keyWith([scope]));
    const refused = await upload(
      picture(),
      'image/svg+xml',
      await keyWith(['assertion.issue', 'class.publish']),
    );
    expect([refused.status, refused.json.code]).toEqual([403, 'scope-missing']);
  });

  it('the images of one issuer are not those of another', async () => {
    const { id, url } = await uploaded();
    for (const digest of [id, ABSENT, 'x', '%27--']) {
      const answer = await service.call('GET', `/v1/images/${digest}`, { key: other.key });
      expect([answer.status, answer.json.code]).toEqual([404, 'image-not-found']);
    }
    const listed = await service.call('GET', '/v1/images?limit=200', { key: other.key });
    expect(listed.text).not.toContain(id);
    const elsewhere = await open(url.replace(made.issuer.id, other.issuer.id));
    expect(elsewhere.statusCode).toBe(404);
    for (const wrong of [
      `${url}x`,
      `${url.slice(0, -1)}`,
      url.replace(id, ABSENT),
      url.replace(id, '..%2f'),
    ]) {
      const answer = await open(wrong);
      expect([wrong, answer.statusCode, answer.json().code]).toEqual([
        wrong,
        404,
        'image-not-found',
      ]);
    }
    const used = await define({ image: { id } }, other.key);
    expect(used.json.errors).toMatchObject([
      { pointer: '/definition/image/id', code: 'image-unknown' },
    ]);
  });

  it('a list goes through all of them once, page by page', async () => {
    const { issuer, key } = await makeIssuer(service);
    const ids = [];
    for (let at = 0; at < 5; at++) ids.push((await uploaded(key)).id);
    const seen: string[] = [];
    let path: string | undefined = '/v1/images?limit=2';
    while (path !== undefined) {
      const page: any = expectStatus(await service.call('GET', path, { key }), 200).json;
      seen.push(...page.items.map((image: any) => image.id));
      path = page.next && `/v1/images?limit=2&cursor=${page.next}`;
    }
    expect(seen).toHaveLength(6);
    expect(seen.slice(1).sort()).toEqual(ids.sort());
    const drawn = (await service.call('GET', '/v1/images?limit=1', { key })).json.items[0];
    expect(drawn).toMatchObject({ origin: 'drawn', width: 512 });
    expect(drawn.url).toContain(issuer.id);
  });

  it('an issuer that has uploaded enough uploads no more', async () => {
    const { issuer, key } = await makeIssuer(service);
    await service.services.db.transaction({ issuerId: issuer.id }, (tx) =>
      tx.execute(sql`insert into image (issuer_id, digest, media_type, width, height, size, drawn, body)
        select ${issuer.id}, 'x' || n, 'image/png', 1, 1, 1, false, 'x' from generate_series(1, 999) n`),
    );
    const body = picture();
    expectStatus(await upload(body, 'image/svg+xml', key), 201);
    const refused = await upload(picture(), 'image/svg+xml', key);
    expect([refused.status, refused.json.code]).toEqual([409, 'image-quota-exceeded']);
    expectStatus(await upload(body, 'image/svg+xml', key), 200);
    const again = await makeIssuer(service);
    await service.services.db.transaction({ issuerId: again.issuer.id }, (tx) =>
      tx.execute(sql`insert into image (issuer_id, digest, media_type, width, height, size, drawn, body)
        values (${again.issuer.id}, 'x', 'image/png', 1, 1, 209715200, false, 'x')`),
    );
    const full = await upload(picture(), 'image/svg+xml', again.key);
    expect([full.status, full.json.code]).toEqual([409, 'image-quota-exceeded']);
  });

  it('an upload is in the audit log', async () => {
    const { id } = await uploaded();
    const path = `/v1/audit-events?resourceType=image&resourceId=${id}`;
    // Events show once every older transaction has ended.
    const actions = async () =>
      expectStatus(await service.call('GET', path, { key: made.key }), 200).json.items.map(
        ({ action }: any) => action,
      );
    await expect.poll(actions, { timeout: 5000 }).toEqual(['image.upload']);
  });

  describe('of an issuer', () => {
    const change = async (profile: object, issuerId = made.issuer.id, key = made.key) => {
      const path = `/v1/issuers/${issuerId}`;
      const { headers } = await service.call('GET', path, { key });
      return service.call('PUT', path, {
        key,
        body: { profile },
        headers: { 'if-match': headers['etag'] ?? '' },
      });
    };

    it('stands in its profile and in the badges it issues, before an address elsewhere', async () => {
      const { id, url } = await uploaded();
      const logo = 'https://www.example.edu/logo.png';
      expectStatus(await change({ ...EXAMPLE_PROFILE, logo }), 200);
      const image = async () => JSON.parse((await open(made.issuer.url)).payload).image;
      await expect.poll(image, { timeout: 5000 }).toEqual({ id: logo, type: 'Image' });
      expectStatus(await change({ ...EXAMPLE_PROFILE, logo, image: id }), 200);
      await expect.poll(image, { timeout: 5000 }).toEqual({ id: url, type: 'Image' });
      const award = expectStatus(
        await service.call('POST', '/v1/assertions', { key: made.key, body: awardTo('logo') }),
        201,
      ).json;
      const badge = JSON.parse((await open(award.url)).payload);
      expect(badge.issuer.image).toEqual({ id: url, type: 'Image' });
    });

    it('is one it has uploaded', async () => {
      const theirs = await uploaded(other.key);
      for (const image of [ABSENT, theirs.id]) {
        const answer = await change({ ...EXAMPLE_PROFILE, image });
        expect([answer.status, answer.json.errors]).toMatchObject([
          422,
          [{ pointer: '/profile/image', code: 'image-unknown' }],
        ]);
        const fresh = await service.call('POST', '/v1/issuers', {
          body: { profile: { ...EXAMPLE_PROFILE, image } },
        });
        expect(fresh.json.errors).toMatchObject([{ pointer: '/profile/image' }]);
      }
    });
  });

  describe('of a class', () => {
    const achievementOf = async (url: string) => {
      const { '@context': _, ...achievement } = JSON.parse((await open(url)).payload);
      return achievement;
    };

    it('stands in the achievement and in its badges alike, with what it shows in words', async () => {
      const { id, url } = await uploaded();
      const alt = { fr: 'Un cercle', en: 'A circle' };
      const draft = expectStatus(await define({ image: { id, alt } }), 201).json;
      expect(draft.imageUrl).toBeUndefined();
      const published = expectStatus(await publish(draft.id), 200).json;
      expect(published.imageUrl).toBe(url);
      const achievement = await achievementOf(published.url);
      expect(achievement.image).toEqual({ id: url, type: 'Image', caption: 'Un cercle' });
      const body = awardTo('pictured', { credentialClass: { id: draft.id } });
      const award = expectStatus(
        await service.call('POST', '/v1/assertions', { key: made.key, body }),
        201,
      ).json;
      const badge = JSON.parse((await open(award.url)).payload);
      expect(badge.credentialSubject.achievement).toEqual(achievement);
    });

    it('is drawn at publication where it brings none, and stays', async () => {
      const { credentialClass, key } = made;
      const image = await open(credentialClass.imageUrl);
      expect(image.headers['content-type']).toBe('image/png');
      expect(await sharp(image.rawPayload).metadata()).toMatchObject({ width: 512, height: 512 });
      expect(credentialClass.imageUrl).toContain(digestOf(image.rawPayload));
      const achievement = await achievementOf(credentialClass.url);
      expect(achievement.image).toEqual({ id: credentialClass.imageUrl, type: 'Image' });
      const award = expectStatus(
        await service.call('POST', '/v1/assertions', { key, body: awardTo('drawn') }),
        201,
      ).json;
      const badge = await open(award.url);
      expect(JSON.parse(badge.payload).credentialSubject.achievement).toEqual(achievement);
      const verified = await service.call('POST', '/v1/verify', {
        key: undefined,
        body: badge.payload,
        headers: { 'content-type': 'application/vc+ld+json' },
      });
      expect(verified.json.verdict).toBe('valid');
    });

    it('of a revised class is drawn anew, and the old version keeps its own', async () => {
      const { key } = made;
      const first = expectStatus(await define({}), 201).json;
      const one = expectStatus(await publish(first.id), 200).json;
      const path = `/v1/credential-classes/${first.id}/revise`;
      const next = expectStatus(await service.call('POST', path, { key }), 201);
      const title = { fr: 'Un autre titre', en: 'Another title' };
      expectStatus(
        await service.call('PUT', `/v1/credential-classes/${next.json.id}`, {
          key,
          body: { definition: { ...EXAMPLE_DEFINITION, title } },
          headers: { 'if-match': next.headers['etag'] ?? '' },
        }),
        200,
      );
      const two = expectStatus(await publish(next.json.id), 200).json;
      expect(two.imageUrl).not.toBe(one.imageUrl);
      expect((await achievementOf(one.url)).image.id).toBe(one.imageUrl);
      expect((await open(one.imageUrl)).statusCode).toBe(200);
    });

    it('that is unknown keeps a draft from being made or changed', async () => {
      const draft = expectStatus(await define({}), 201);
      const body = { definition: { ...EXAMPLE_DEFINITION, image: { id: ABSENT } } };
      const headers = { 'if-match': draft.headers['etag'] ?? '"1"' };
      const path = `/v1/credential-classes/${draft.json.id}`;
      const answers = [
        await define({ image: { id: ABSENT } }),
        await service.call('PUT', path, { key: made.key, body, headers }),
      ];
      for (const answer of answers) {
        expect([answer.status, answer.json.errors]).toMatchObject([
          422,
          [{ pointer: '/definition/image/id', code: 'image-unknown' }],
        ]);
      }
      const malformed = await define({ image: { id: '../../etc' } });
      expect(malformed.json.errors[0].pointer).toBe('/definition/image/id');
      const unsaid = await define({ image: { id: ABSENT, alt: { en: 'Only English' } } });
      expect(unsaid.json.errors).toMatchObject([{ code: 'language-missing' }]);
    });
  });
});

describe('A class that was published before there were images', () => {
  it('goes on without one: its document, its badges and what is finished after a crash are as they were', async () => {
    let stop = false;
    const service = await startService({
      engine: 'postgresql',
      observers: {
        onStep: (step) => {
          if (stop && step === 'record') throw new Error('killed here');
        },
      },
    });
    const database = superuser(service.databaseUrl);
    try {
      const { key, credentialClass } = await makeIssuer(service);
      const before = (await service.call('GET', credentialClass.url, { key: undefined })).json;
      const { image: _, ...old } = before;
      await database.query('update credential_class set image_digest = null, achievement = $1', [
        JSON.stringify(old),
      ]);
      // Another process, which remembers nothing of the class as it was.
      const later = await startService({
        engine: 'postgresql',
        databaseUrl: service.databaseUrl,
        environment: { MASTER_KEY_FILE: service.masterKeyFile },
      });
      const post = (by: Service, number: string) =>
        by.call('POST', '/v1/assertions', { key, body: awardTo(number) });
      const award = expectStatus(await post(later, '1'), 201).json;
      const badge = (await later.call('GET', award.url, { key: undefined })).json;
      const { '@context': _context, ...achievement } = old;
      expect(badge.credentialSubject.achievement).toEqual(achievement);
      expect(achievement.image).toBeUndefined();
      const retry = { key, headers: { 'idempotency-key': 'two' }, body: awardTo('2') };
      stop = true;
      expectStatus(await service.call('POST', '/v1/assertions', retry), 500);
      stop = false;
      await database.endLeases();
      const finished = expectStatus(await later.call('POST', '/v1/assertions', retry), 201).json;
      const second = (await later.call('GET', finished.url, { key: undefined })).json;
      expect(second.credentialSubject.achievement).toEqual(achievement);
      await later.close();
    } finally {
      await service.close();
      await database.close();
    }
  });

  it('an award with a picture that was only recorded is finished with the same bytes', async () => {
    let stop = true;
    const service = await startService({
      engine: 'postgresql',
      observers: {
        onStep: (step) => {
          if (stop && step === 'record') throw new Error('killed here');
        },
      },
    });
    const database = superuser(service.databaseUrl);
    try {
      const { key, credentialClass } = await makeIssuer(service);
      const headers = { 'idempotency-key': 'one' };
      const post = (by: Service) =>
        by.call('POST', '/v1/assertions', { key, headers, body: awardTo('1') });
      expectStatus(await post(service), 500);
      stop = false;
      await database.endLeases();
      const later = await startService({
        engine: 'postgresql',
        databaseUrl: service.databaseUrl,
        environment: { MASTER_KEY_FILE: service.masterKeyFile },
      });
      const award = expectStatus(await post(later), 201).json;
      expect(award.state).toBe('issued');
      const badge = (await later.call('GET', award.url, { key: undefined })).json;
      expect(badge.credentialSubject.achievement.image.id).toBe(credentialClass.imageUrl);
      await later.close();
    } finally {
      await service.close();
      await database.close();
    }
  });
});
