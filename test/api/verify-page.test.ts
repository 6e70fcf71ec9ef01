import fastify, { type FastifyInstance } from 'fastify';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { registerProblems } from '../../src/http/problem.ts';
import { registerValidation } from '../../src/http/validation.ts';
import {
  type PageVerifier,
  verificationPageRoutes,
  verificationService,
} from '../../src/modules/verification/index.ts';
import { PAGE_LANGUAGES } from '../../src/pages/language.ts';
import { reportWords } from '../../src/pages/report/words.ts';
import { MAX_FILE_BYTES } from '../../src/pages/verify/input.ts';
import { verifyWords } from '../../src/pages/verify/words.ts';
import { badge, createIssuer, issueProof, NOW } from '../hostile/support/issuer.ts';
import { createWorld } from '../hostile/support/world.ts';
import { startService } from '../support/service.ts';

const world = createWorld();
const issuer = await createIssuer(8);
const credential = JSON.stringify(await issueProof(issuer, badge(issuer.id)));
const ADDRESS = 'https://issuer.example/credentials/1';
/** What the page asked the verifier for. */
const asked: unknown[] = [];
const log: string[] = [];

const verification = verificationService({
  canonicaliseAll: world.canonicaliser.canonicaliseAll,
  resolve: async () => {
    throw new Error('404');
  },
  clock: () => NOW,
  allowHttpLoopback: false,
});
const verifier: PageVerifier = {
  verify: (body, options) => {
    asked.push({ length: body.length, ...options });
    return verification.verify(body);
  },
  verifyAddress: (address, options) => {
    asked.push({ address, ...options });
    return verification.verify(Buffer.from(credential));
  },
};

async function appWith(service: PageVerifier): Promise<FastifyInstance> {
  const instance = fastify({
    logger: { level: 'info', stream: { write: (line) => log.push(line) } },
  });
  registerValidation(instance);
  registerProblems(instance);
  await instance.register(verificationPageRoutes({ service }));
  return instance;
}

let app: FastifyInstance;
beforeAll(async () => {
  app = await appWith(verifier);
});
afterEach(() => {
  asked.length = 0;
});
afterAll(async () => {
  await app.close();
  await world.close();
});

type Fields = Readonly<Record<string, string | { name: string; content: string | Buffer }>>;

/** A form as a browser sends it. */
async function multipart(
  fields: Fields,
): Promise<{ headers: { 'content-type': string }; payload: Buffer }> {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) {
    if (typeof value === 'string') form.append(name, value);
    else form.append(name, new Blob([new Uint8Array(Buffer.from(value.content))]), value.name);
  }
  const request = new Response(form);
  return {
    headers: { 'content-type': request.headers.get('content-type') ?? '' },
    payload: Buffer.from(await request.arrayBuffer()),
  };
}

const browserForm = (fields: Fields = {}) =>
  multipart({
    file: { name: '', content: '' },
    address: '',
    'recipient-type': 'email',
    recipient: '',
    ...fields,
  });

async function submit(fields: Fields, to = app, query = '') {
  return to.inject({ method: 'POST', url: `/verify${query}`, ...(await browserForm(fields)) });
}

describe('GET /verify', () => {
  it('shows a form in the language of the reader, which a choice overrides', async () => {
    for (const language of PAGE_LANGUAGES) {
      const { title } = verifyWords(language);
      const byHeader = await app.inject({
        url: '/verify',
        headers: { 'accept-language': `${language}-BE,xx;q=0.5` },
      });
      const byChoice = await app.inject({
        url: `/verify?lang=${language}`,
        headers: { 'accept-language': 'pt' },
      });
      for (const answer of [byHeader, byChoice]) {
        expect(answer.statusCode).toBe(200);
        expect(answer.payload).toContain(`<html lang="${language}">`);
        expect(answer.payload).toContain(`<h1>${title}</h1>`);
      }
      expect(byChoice.payload).toContain(`action="/verify?lang=${language}"`);
    }
  });

  it('is prefilled by an address and asks nobody until the button is pressed', async () => {
    const answer = await app.inject({ url: `/verify?url=${encodeURIComponent(ADDRESS)}` });
    expect(answer.payload).toContain(`value="${ADDRESS}"`);
    expect(answer.headers).toMatchObject({
      'cache-control': 'no-store',
      'x-robots-tag': 'noindex',
    });
    expect(asked).toEqual([]);
  });

  it('runs no script and may load nothing from elsewhere, also with a hostile address', async () => {
    const hostile = '"><script>alert(1)</script>';
    const answer = await app.inject({ url: `/verify?url=${encodeURIComponent(hostile)}` });
    expect(answer.payload).not.toContain('<script');
    expect(answer.headers['content-security-policy']).toContain("default-src 'none'");
    expect(answer.headers['content-security-policy']).not.toContain('unsafe');
    expect((await app.inject({ url: '/verify?url=a&url=b&lang=x&lang=y' })).statusCode).toBe(200);
  });
});

describe('POST /verify', () => {
  it('answers a file with the report in words, in every language, and keeps nothing', async () => {
    for (const language of PAGE_LANGUAGES) {
      const answer = await submit(
        { file: { name: 'a.json', content: credential } },
        app,
        `?lang=${language}`,
      );
      expect(answer.statusCode).toBe(200);
      expect(answer.headers['cache-control']).toBe('no-store');
      expect(answer.payload).toContain(`<h1>${reportWords(language).labels.headline.valid}</h1>`);
    }
  });

  it('answers an address with the report of what is there', async () => {
    const answer = await submit({ address: ` ${ADDRESS} ` });
    expect(answer.statusCode).toBe(200);
    expect(asked).toEqual([{ address: ADDRESS }]);
    expect(answer.payload).toContain('verdict-valid');
  });

  it('takes a form that is urlencoded, as a browser without files sends it', async () => {
    const answer = await app.inject({
      method: 'POST',
      url: '/verify',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      payload: new URLSearchParams({ address: ADDRESS }).toString(),
    });
    expect(answer.statusCode).toBe(200);
    expect(asked).toEqual([{ address: ADDRESS }]);
  });

  it('hands on whom the credential should be about', async () => {
    const file = { name: 'a.json', content: credential };
    await submit({ file, recipient: ' zoe@example.org ' });
    await submit({ file, recipient: '12345', 'recipient-type': 'identifier' });
    expect(asked).toMatchObject([
      { recipient: { type: 'email', value: 'zoe@example.org' } },
      { recipient: { type: 'identifier', value: '12345' } },
    ]);
  });

  it('hands on the bytes as they were sent, up to a mebibyte', async () => {
    const content = Buffer.alloc(MAX_FILE_BYTES, '\r\n--x');
    await submit({ file: { name: 'a.bin', content } });
    expect(asked).toEqual([{ length: MAX_FILE_BYTES }]);
  });

  it('a file that is no credential is a report that says so, never a good one', async () => {
    for (const content of ['{', '\x89PNG\r\n\x1a\n', '<svg/>', '[]', 'a.b.c', '{"a":1,"a":2}']) {
      const answer = await submit({ file: { name: 'x', content } });
      expect(answer.statusCode).toBe(200);
      expect(answer.payload).toMatch(/verdict-(invalid|undetermined)/);
      expect(answer.payload).not.toContain('sign-good');
    }
  });

  it.each<[string, Fields, string, string]>([
    ['nothing', {}, 'nothing-given', 'file'],
    ['both', { file: { name: 'a', content: 'x' }, address: ADDRESS }, 'both-given', 'file'],
    ['an empty file', { file: { name: 'a', content: '' } }, 'file-empty', 'file'],
    ['no address', { address: 'issuer.example' }, 'address-malformed', 'address'],
    ['a script', { address: 'javascript:alert(1)' }, 'address-malformed', 'address'],
    ['a path of this machine', { address: 'file:///etc/passwd' }, 'address-malformed', 'address'],
    [
      'no e-mail address',
      { address: ADDRESS, recipient: 'zoe at example' },
      'recipient-malformed',
      'recipient',
    ],
  ])(
    'says at the field and in a summary what is wrong with %s',
    async (_what, fields, code, field) => {
      const answer = await submit(fields);
      const fault = verifyWords('en').faults[code as 'both-given'];
      expect(answer.statusCode).toBe(422);
      expect(answer.payload).toMatch(/<title>Error: /);
      expect(answer.payload).toContain(`<a href="#${field}">${fault}</a>`);
      const input = new RegExp(`<input id="${field}"[^>]*>`).exec(answer.payload)?.[0];
      expect(input).toContain('aria-invalid="true"');
      expect(input).toMatch(new RegExp(`aria-describedby="[^"]*${field}-fault`));
      expect(answer.payload).toContain(`id="${field}-fault"`);
      expect(asked).toEqual([]);
    },
  );

  it('puts what was typed back into the form', async () => {
    const answer = await submit({
      file: { name: 'a', content: 'x' },
      address: ADDRESS,
      recipient: '123',
      'recipient-type': 'identifier',
    });
    expect(answer.payload).toContain(`value="${ADDRESS}"`);
    expect(answer.payload).toContain('value="123"');
    expect(answer.payload).toMatch(/value="identifier" checked/);
  });

  it('refuses a file that is too large with a page that says so', async () => {
    for (const excess of [1, 200_000]) {
      const content = Buffer.alloc(MAX_FILE_BYTES + excess, 'x');
      const answer = await submit({ file: { name: 'a', content } });
      expect([413, 422]).toContain(answer.statusCode);
      expect(answer.payload).toContain(verifyWords('en').faults['file-too-large']);
    }
    expect(asked).toEqual([]);
  });

  it('answers what is no form of ours with the form, and never with a stack trace', async () => {
    const part = '--x\r\nContent-Disposition: form-data; name="a"\r\n\r\nb\r\n';
    const address = `Content-Disposition: form-data; name="address"\r\n\r\n${ADDRESS}`;
    const bodies: readonly (readonly [string, string, number])[] = [
      ['application/json', '{}', 415],
      ['multipart/form-data', 'x', 400],
      ['multipart/form-data; boundary=', 'x', 400],
      ['multipart/form-data; boundary=x', 'no parts', 400],
      ['multipart/form-data; boundary=x', '--x\r\n', 400],
      ['multipart/form-data; boundary=x', `${part.repeat(20_000)}--x--\r\n`, 400],
      [
        'multipart/form-data; boundary=x',
        `--x\r\n${address}\r\n--x\r\n${address}\r\n--x--\r\n`,
        400,
      ],
      ['application/x-www-form-urlencoded', 'a=b&'.repeat(100_000), 400],
      ['application/x-www-form-urlencoded', `file=text&address=`, 422],
      ['application/x-www-form-urlencoded', '%', 422],
      [`multipart/form-data; boundary=${'x'.repeat(71)}`, 'x', 400],
    ];
    for (const [type, payload, status] of bodies) {
      const answer = await app.inject({
        method: 'POST',
        url: '/verify',
        headers: { 'content-type': type },
        payload,
      });
      expect([answer.statusCode, type, payload.slice(0, 40)]).toEqual([
        status,
        type,
        payload.slice(0, 40),
      ]);
      expect(answer.headers['content-type']).toBe('text/html; charset=utf-8');
      expect(answer.payload).not.toMatch(/ at .*\.ts|node_modules|Error:.*\.js/);
    }
    expect(asked).toEqual([]);
  });

  it('answers an address that nobody can mean with the form, and keeps it no fault of ours', async () => {
    log.length = 0;
    const answer = await app.inject({ method: 'GET', url: '/verify?url=%00' });
    expect([answer.statusCode, answer.headers['content-type']]).toEqual([
      400,
      'text/html; charset=utf-8',
    ]);
    expect(answer.headers['cache-control']).toBe('no-store');
    expect(log.join('\n')).not.toContain('unexpected error');
  });

  it('says when to come back where too many are under way', async () => {
    const busy = await appWith({
      verify: (body) => narrow.verify(body),
      verifyAddress: () => narrow.verify(new Uint8Array()),
    });
    const narrow = verificationService({
      canonicaliseAll: world.canonicaliser.canonicaliseAll,
      resolve: async () => {
        throw new Error('404');
      },
      clock: () => NOW,
      allowHttpLoopback: false,
      maxInFlight: 1,
    });
    const file = { name: 'a.json', content: credential };
    const answers = await Promise.all([1, 2, 3].map(() => submit({ file }, busy)));
    const refused = answers.filter(({ statusCode }) => statusCode === 503);
    expect(refused.length).toBeGreaterThan(0);
    expect(refused[0]?.headers['retry-after']).toBe('2');
    expect(refused[0]?.payload).toContain('Try again in 2 seconds');
    await busy.close();
  });

  it('is limited for one address, while the form is still shown', async () => {
    const service = await startService({
      engine: 'pglite',
      environment: { VERIFICATIONS_PER_MINUTE: '2' },
    });
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const post = () =>
      service.call('POST', '/verify', { key: undefined, headers, body: 'address=' });
    const answers = [await post(), await post(), await post()];
    expect(answers.map(({ status }) => status)).toEqual([422, 422, 429]);
    expect(Number(answers[2]?.headers['retry-after'])).toBeGreaterThan(0);
    expect(answers[2]?.text).toContain(verifyWords('en').slowDown.title);
    expect((await service.call('GET', '/verify', { key: undefined })).status).toBe(200);
    await service.close();
  });

  it('tells of a fault of ours without its cause, and never as a good result', async () => {
    const broken = await appWith({
      verify: () => Promise.reject(new Error('secret detail')),
      verifyAddress: () => Promise.reject(new Error('secret detail')),
    });
    const answer = await submit({ address: ADDRESS }, broken);
    expect(answer.statusCode).toBe(500);
    expect(answer.payload).toContain('do not treat it as valid');
    expect(answer.payload).not.toContain('secret detail');
    await broken.close();
  });

  it('leaves no name, address or identifier in the log', async () => {
    log.length = 0;
    const canary = 'canary-zoe@example.org';
    await submit({ address: `${ADDRESS}?canary-address`, recipient: canary });
    await submit({
      file: { name: 'canary-file.json', content: '{"canary":1}' },
      recipient: canary,
    });
    await submit({ recipient: canary });
    expect(log.join('\n')).not.toContain('canary');
  });
});
