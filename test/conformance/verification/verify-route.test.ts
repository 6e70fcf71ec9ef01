import { Ajv } from 'ajv';
import fastify, { type FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Problem, registerProblems } from '../../../src/http/problem.ts';
import { registerValidation } from '../../../src/http/validation.ts';
import {
  VerificationReport,
  type VerificationService,
  verificationRoutes,
  verificationService,
} from '../../../src/modules/verification/index.ts';
import {
  badge,
  claimsOf,
  createIssuer,
  issueJwt,
  issueProof,
  NOW,
} from '../../hostile/support/issuer.ts';
import { createWorld } from '../../hostile/support/world.ts';

const world = createWorld();
const issuer = await createIssuer(8);
const web = await createIssuer(1, 'did:web:issuer.example');
const credential = JSON.stringify(await issueProof(issuer, badge(issuer.id)));
const token = await issueJwt(web.es256, claimsOf(badge(web.id)));
world.documents.set('https://issuer.example/.well-known/did.json', JSON.stringify(web.didDocument));
let app: FastifyInstance;

async function appWith(service: VerificationService): Promise<FastifyInstance> {
  const instance = fastify();
  registerValidation(instance);
  registerProblems(instance);
  instance.addSchema(Problem);
  await instance.register(verificationRoutes({ service }));
  return instance;
}

const serviceOf = (maxInFlight = 8) =>
  verificationService({
    canonicaliseAll: world.canonicaliser.canonicaliseAll,
    resolve: async (url) => {
      const body = world.documents.get(url);
      if (typeof body !== 'string') throw new Error('404');
      return { mediaType: 'application/json', body: Buffer.from(body) };
    },
    clock: () => NOW,
    allowHttpLoopback: false,
    maxInFlight,
  });

beforeAll(async () => {
  app = await appWith(serviceOf());
});
afterAll(async () => {
  await app.close();
  await world.close();
});

const post = (payload: string | Buffer, type: string, to = app) =>
  to.inject({ method: 'POST', url: '/v1/verify', headers: { 'content-type': type }, payload });

describe('POST /v1/verify', () => {
  it.each([
    'application/vc+ld+json',
    'application/vc',
    'application/ld+json',
    'application/json',
    'application/json; charset=utf-8',
    'text/plain',
  ])('takes a JSON credential as %s', async (type) => {
    const answer = await post(credential, type);
    expect(answer.statusCode).toBe(200);
    expect(answer.json()).toMatchObject({ verdict: 'valid', verifiedAt: NOW.toISOString() });
  });

  it.each(['application/vc+jwt', 'application/jwt', 'text/plain'])(
    'takes a token as %s',
    async (type) => {
      expect((await post(token, type)).json()).toMatchObject({ verdict: 'valid' });
    },
  );

  it('takes either wrapped in an object', async () => {
    const wrapped = [`{"credential":${credential}}`, JSON.stringify({ credential: token })];
    for (const body of wrapped) {
      expect((await post(body, 'application/json')).json()).toMatchObject({ verdict: 'valid' });
    }
  });

  it('answers in the shape that is published, with all checks in their order', async () => {
    const validate = new Ajv({ strict: true }).compile(VerificationReport);
    for (const body of [credential, token, '{}', '{', '', 'x.y.z', '[]', '{"credential":1}']) {
      const answer = await post(body, 'text/plain');
      expect(answer.statusCode).toBe(200);
      const report = answer.json();
      expect(validate(report), JSON.stringify(validate.errors)).toBe(true);
      expect(report.checks.map(({ name }: { name: string }) => name)).toEqual([
        'structure',
        'terms',
        'proof',
        'issuer-key',
        'validity',
        'status',
      ]);
    }
  });

  it('a bad credential is a report, also when it is no JSON', async () => {
    const answer = await post('{"a":1,"a":2}', 'application/json');
    expect(answer.statusCode).toBe(200);
    expect(answer.json()).toMatchObject({ verdict: 'invalid' });
    expect(answer.json().checks[0]).toMatchObject({ name: 'structure', code: 'duplicate-member' });
  });

  it('needs no key, may be called from any page and is not kept', async () => {
    const { headers } = await post(credential, 'application/json');
    expect(headers).toMatchObject({
      'access-control-allow-origin': '*',
      'cache-control': 'no-store',
    });
  });

  it('refuses other media types and more than a mebibyte as problems', async () => {
    const foreign = await post('<svg/>', 'image/svg+xml');
    expect([foreign.statusCode, foreign.json().code]).toEqual([415, 'unsupported-media-type']);
    const large = await post(Buffer.alloc(1_048_577, 0x20), 'application/json');
    expect([large.statusCode, large.json().code]).toEqual([413, 'body-too-large']);
  });

  it('refuses cheaply when too many are under way, and says when to come back', async () => {
    const busy = await appWith(serviceOf(1));
    const answers = await Promise.all(
      [1, 2, 3].map(() => post(credential, 'application/json', busy)),
    );
    const refused = answers.filter(({ statusCode }) => statusCode === 503);
    expect(refused).toHaveLength(2);
    expect(refused[0]?.headers['retry-after']).toBe('2');
    expect(refused[0]?.json()).toMatchObject({ code: 'verifier-busy', retryable: true });
    expect((await post(credential, 'application/json', busy)).statusCode).toBe(200);
    await busy.close();
  });
});
