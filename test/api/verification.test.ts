import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type Answer,
  awardTo,
  expectStatus,
  makeIssuer,
  type Service,
  startService,
} from '../support/service.ts';

const MAIL = 'zephyrine.canarywood@mail.example';

describe('POST /v1/verify with a wrapper', () => {
  const lines: string[] = [];
  let service: Service;
  let key = '';
  let award: { id: string; url: string };
  let credential = '';

  beforeAll(async () => {
    service = await startService({ engine: 'pglite', log: (line) => lines.push(line) });
    ({ key } = await makeIssuer(service));
    const body = awardTo('S-1', {
      recipient: { fullName: 'Ada Lovelace', identifiers: [{ type: 'email', value: MAIL }] },
      identifyBy: ['email'],
    });
    award = expectStatus(await service.call('POST', '/v1/assertions', { key, body }), 201).json;
    credential = (await service.call('GET', award.url, { key: undefined })).text;
  });
  afterAll(() => service.close());

  const verify = (body: unknown): Promise<Answer> =>
    service.call('POST', '/v1/verify', { key: undefined, body });
  const email = (value: string) => ({ type: 'email', value });

  it('verifies what it publishes by its address, without asking itself over the network', async () => {
    // Nothing listens at the public address in this test.
    const { verdict, credential: said } = expectStatus(await verify({ url: award.url }), 200).json;
    expect([verdict, said.id]).toEqual(['valid', JSON.parse(credential).id]);
    const other = award.url.replace(/.$/, (last) => (last === '0' ? '1' : '0'));
    const absent = await verify({ url: other });
    expect(absent.json).toMatchObject({
      verdict: 'undetermined',
      checks: [{ name: 'structure', code: 'address-bad-status' }, ...Array(5).fill({})],
    });
  });

  it('compares the recipient, and says nothing of it', async () => {
    const wrapped = JSON.parse(credential);
    const right = expectStatus(
      await verify({ credential: wrapped, recipient: email(MAIL.toUpperCase()) }),
      200,
    );
    expect(right.json.verdict).toBe('valid');
    expect(right.json.checks.at(-1)).toMatchObject({ name: 'recipient', outcome: 'passed' });
    const other = `x${MAIL}`;
    for (const body of [
      { credential: wrapped, recipient: email(other) },
      { url: award.url, recipient: email(other) },
    ]) {
      const answer = expectStatus(await verify(body), 200);
      expect(answer.json.verdict).toBe('invalid');
      expect(answer.text).not.toContain(other);
    }
  });

  it.each([
    [{ credential: {}, recipient: email('') }, '/recipient/value', 'too-short'],
    [
      { credential: {}, recipient: { type: 'phone', value: MAIL } },
      '/recipient/type',
      'unknown-code',
    ],
    [{ credential: {}, recipient: { value: MAIL } }, '/recipient/type', 'member-missing'],
    [{ credential: {}, recipient: { ...email(MAIL), x: 1 } }, '/recipient/x', 'unknown-member'],
    [{ credential: {}, recipient: MAIL }, '/recipient', 'wrong-type'],
    [{ credential: {}, holder: MAIL }, '/holder', 'unknown-member'],
    [{ credential: {}, url: 'https://x.example' }, '/credential', 'unknown-member'],
    [{ url: 5 }, '/url', 'wrong-type'],
    [{ url: '' }, '/url', 'too-short'],
    [{ url: `https://x.example/${'x'.repeat(2048)}` }, '/url', 'too-long'],
    [{ url: 'https://x.example', email: MAIL }, '/email', 'unknown-member'],
  ])('refuses %j, naming the member', async (body, pointer, code) => {
    const answer = expectStatus(await verify(body), 400);
    expect(answer.json).toMatchObject({ code: 'invalid-body' });
    expect(answer.json.errors).toContainEqual(expect.objectContaining({ pointer, code }));
    expect(answer.text).not.toContain(MAIL);
  });

  it('takes nothing for a wrapper that says what it is', async () => {
    const profile = {
      '@context': 'https://w3id.org/openbadges/v2',
      type: 'Profile',
      url: 'https://x.example',
    };
    for (const body of [profile, { ...JSON.parse(credential), url: 'https://x.example' }]) {
      expectStatus(await verify(body), 200);
    }
    expect((await verify('{"credential":{},"credential":{}}')).json.checks[0].code).toBe(
      'duplicate-member',
    );
  });

  it('an address in a private network is not asked, and the report says so', async () => {
    const answer = expectStatus(await verify({ url: 'https://169.254.169.254/latest' }), 200);
    expect(answer.json.checks[0]).toMatchObject({ code: 'address-forbidden' });
  });

  it('leaves no word of the recipient in the log', () => {
    expect(lines.length).toBeGreaterThan(10);
    expect(lines.filter((line) => line.includes('canarywood'))).toEqual([]);
  });
});
