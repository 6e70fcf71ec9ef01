import { createServer, type Server } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type OtlpCollector, startCollector } from '../support/otlp-collector.ts';
import {
  type Answer,
  awardTo,
  type CallOptions,
  expectStatus,
  type Service,
  startService,
} from '../support/service.ts';
import { superuser } from '../support/superuser.ts';
import { OPERATIONS, pathFor } from './support/operations.ts';
import { makeWorld, type World } from './support/world.ts';

/** A learner and an address that are in no other text. */
const NAME = 'Oriane Canaribois';
const MAIL = 'oriane.canaribois@mail.example';
const NUMBER = 'CANARI-20269999';
const BORN = '1991-11-23';
const PLACE = 'https://canaribois.example/oriane';
const CANARIES = ['anaribois', 'CANARI-2026', BORN];

const identifiers = [
  { type: 'email', value: MAIL },
  { type: 'student-number', value: NUMBER },
];
const learner = {
  givenName: 'Oriane',
  familyName: 'Canaribois',
  fullName: NAME,
  birthDate: BORN,
  identifiers,
};
const awardOf = (members: Record<string, unknown> = {}) =>
  awardTo('', {
    recipient: learner,
    narrative: { fr: NAME },
    evidence: [{ name: NAME, url: PLACE }],
    identifyBy: ['email'],
    ...members,
  });

/** The canary in every place of a request where a caller may put a text. */
const HEADERS = {
  actor: NAME,
  'user-agent': NAME,
  referer: PLACE,
  origin: PLACE,
  cookie: `session=${NUMBER}`,
  'accept-language': NAME,
  'x-forwarded-for': NUMBER,
  'x-request-id': NUMBER,
  'if-none-match': `"${NUMBER}"`,
  traceparent: `00-${NUMBER}`,
  tracestate: `canary=${NUMBER}`,
  baggage: `name=${encodeURIComponent(NAME)}`,
};

/** Bodies for any route that takes one: unfit, unreadable, of the wrong kind, too large. */
const BODIES: readonly (readonly [body: string, type?: string])[] = [
  [JSON.stringify({ ...awardOf(), name: NAME, reason: NAME, unknown: MAIL })],
  [JSON.stringify({ [NAME]: MAIL, fullName: 42, identifiers: NAME, route: NAME, scopes: [NAME] })],
  [JSON.stringify([NAME])],
  [JSON.stringify(NAME)],
  [`{"fullName":"${NAME}"`],
  [`{"${NAME}":1,"${NAME}":2}`],
  [`{"__proto__":"${NAME}"}`],
  [`${'['.repeat(100)}"${NAME}"`],
  [NAME, 'text/plain'],
  [`<name>${NAME}</name>`, 'application/xml'],
  [NAME, `text/${NUMBER}`],
  [`"${NAME.repeat(40_000)}"`],
];

describe('A learner who is pushed through every route', () => {
  const lines: string[] = [];
  const problems: Answer[] = [];
  let service: Service;
  let world: World;
  let collector: OtlpCollector;
  let elsewhere: Server;
  let elsewhereAt: string;
  let asked = 0;

  beforeAll(async () => {
    collector = await startCollector();
    // Answers what a lying issuer might: the canary, as a document, a failure or an endless redirect.
    elsewhere = createServer((request, response) => {
      if (request.url?.includes('redirect')) {
        response.writeHead(302, { location: `/${NUMBER}/redirect` }).end(NAME);
      } else if (request.url?.includes('broken'))
        response.writeHead(500, NAME.slice(0, 6)).end(NAME);
      else response.writeHead(200, { 'content-type': 'application/json' }).end(`{"id":"${NAME}"}`);
    });
    await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve));
    const address = elsewhere.address();
    elsewhereAt = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
    service = await startService({
      engine: 'postgresql',
      environment: { OTEL_EXPORTER_OTLP_ENDPOINT: collector.endpoint },
      log: (line) => lines.push(line),
    });
    world = await makeWorld(service);
  });
  afterAll(async () => {
    elsewhere.close();
    await collector.close();
  });

  async function call(method: string, path: string, options: CallOptions = {}): Promise<Answer> {
    asked++;
    const headers = {
      ...HEADERS,
      'idempotency-key': `${NUMBER}-${crypto.randomUUID()}`,
      ...options.headers,
    };
    const answer = await service.call(method, path, { key: world.key, ...options, headers });
    if (answer.status >= 400) problems.push(answer);
    return answer;
  }

  /** Public routes that are not in the table of the management API, as they are registered. */
  const publicPaths = () => {
    const document = service.app.swagger() as { paths: Record<string, Record<string, unknown>> };
    const managed = new Set(OPERATIONS.map(({ method, url }) => `${method} ${url}`));
    const described = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => ({
        method: method.toUpperCase(),
        url: path.replaceAll(/\{(\w+)\}/g, ':$1'),
      })),
    );
    return described.filter(({ method, url }) => !managed.has(`${method} ${url}`));
  };

  it('succeeds where the main job is done', async () => {
    const award = expectStatus(await call('POST', '/v1/assertions', { body: awardOf() }), 201).json;
    const again = { headers: { 'idempotency-key': `${NUMBER}-same` }, body: learner };
    await call('POST', '/v1/recipients', again);
    await call('POST', '/v1/recipients', again);
    expectStatus(await call('GET', `/v1/recipients/${award.recipient.id}`), 200);
    expectStatus(await call('GET', '/v1/assertions', { headers: { accept: 'text/csv' } }), 200);
    for (const accept of ['*/*', 'application/vc+jwt', 'text/html,application/xhtml+xml']) {
      await call('GET', award.url, { key: undefined, headers: { accept } });
    }
    const { text } = await call('GET', award.url, {
      key: undefined,
      headers: { accept: '*/*' },
    });
    expect(text).toContain('Canaribois');
    expectStatus(await call('POST', '/v1/verify', { key: undefined, body: text }), 200);
    const { credentialClass: _, ...correction } = awardOf({ original: 'keep', recipient: learner });
    await call('POST', `/v1/assertions/${award.id}/reissue`, { body: correction });
    const body = { reason: `${NAME} copied the thesis` };
    expectStatus(await call('POST', `/v1/assertions/${award.id}/revoke`, { body }), 200);
    await call('POST', '/v1/assertions', { body: awardOf() });
    await call('POST', '/v1/assertions', { body: awardOf() });
  });

  it('is refused by every operation, in every way', async () => {
    for (const operation of OPERATIONS) {
      const paths = [`ext:${NUMBER}`, encodeURIComponent(NAME), encodeURIComponent(PLACE)].map(
        (id) => pathFor(operation, { id, keyId: id }),
      );
      const [path = ''] = paths;
      for (const one of paths) await call(operation.method, one);
      const search = new URLSearchParams({ cursor: NAME, state: MAIL, updatedSince: BORN });
      await call(operation.method, `${path}?${search}`);
      await call(operation.method, path, { key: NUMBER });
      await call(operation.method, path, { key: `mck_${NUMBER.padEnd(43, 'A')}` });
      await call(operation.method, path, { headers: { 'microcert-issuer': NUMBER } });
      await call(operation.method, path, { headers: { 'if-match': NAME } });
      if (operation.body === undefined) continue;
      for (const [body, type = 'application/json'] of BODIES) {
        await call(operation.method, path, { body, headers: { 'content-type': type } });
      }
    }
  });

  it('finds nothing at every public address, and at none', async () => {
    const routes = publicPaths();
    expect(routes.length).toBeGreaterThan(8);
    for (const { method, url } of routes) {
      for (const value of [NUMBER, encodeURIComponent(NAME), `%ff${NUMBER}`, `%00${NUMBER}`]) {
        await call(method, url.replaceAll(/:\w+/g, value), { key: undefined });
      }
      await call(method, `${url.replaceAll(/:\w+/g, world.issuerId)}?name=${NUMBER}`, {
        key: undefined,
      });
      if (method !== 'POST') continue;
      for (const [body, type = 'application/json'] of BODIES) {
        await call(method, url, { key: undefined, body, headers: { 'content-type': type } });
      }
    }
    for (const path of [`/${NUMBER}`, `/${encodeURIComponent(NAME)}`, `/docs/${NUMBER}`]) {
      await call('GET', path, { key: undefined });
      await call('PATCH', path, { key: undefined });
    }
  });

  it('is verified in documents of strangers, whose issuers lie, fail and lead astray', async () => {
    const host = encodeURIComponent(new URL(elsewhereAt).host);
    const documents = ['ok', 'broken', 'redirect'].flatMap((kind) => [
      { issuer: `did:web:${host}:${NUMBER}:${kind}` },
      { issuer: { id: `${elsewhereAt}/${NUMBER}/${kind}`, type: 'Profile', name: NAME } },
      { issuer: `https://10.0.0.1/${NUMBER}/${kind}` },
      { issuer: `did:canaribois:${NUMBER}` },
    ]);
    for (const members of documents) {
      const credential = {
        '@context': [
          'https://www.w3.org/ns/credentials/v2',
          'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json',
        ],
        id: PLACE,
        type: ['VerifiableCredential', 'OpenBadgeCredential'],
        name: NAME,
        credentialSubject: { type: 'AchievementSubject', id: `mailto:${MAIL}`, [NAME]: NAME },
        credentialStatus: {
          type: 'BitstringStatusListEntry',
          statusListCredential: `${elsewhereAt}/${NUMBER}`,
        },
        ...members,
        proof: {
          type: 'DataIntegrityProof',
          cryptosuite: 'eddsa-rdfc-2022',
          proofPurpose: 'assertionMethod',
          verificationMethod: `${typeof members.issuer === 'string' ? members.issuer : members.issuer.id}#${NUMBER}`,
          proofValue: `z${NUMBER}`,
        },
      };
      const token = [{ alg: 'ES256', kid: PLACE, typ: NAME }, credential, NAME]
        .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
        .join('.');
      for (const body of [JSON.stringify(credential), token]) {
        expectStatus(await call('POST', '/v1/verify', { key: undefined, body }), 200);
      }
    }
  });

  it('is there when the database fails over a row of theirs, in work and in jobs', async () => {
    const owner = superuser(service.databaseUrl);
    const tables = { recipient: 'full_name', assertion: 'inputs', event: 'data', client: 'name' };
    for (const [table, column] of Object.entries(tables)) {
      await owner.query(
        `alter table ${table} add constraint canary check (${column}::text not like '%anaribois%') not valid`,
      );
    }
    const fresh = [{ type: 'student-number', value: `${NUMBER}-x` }];
    for (const [path, body] of [
      ['/v1/recipients', { ...learner, identifiers: fresh }],
      [
        '/v1/assertions',
        awardOf({ recipient: { fullName: NAME, identifiers: fresh }, identifyBy: undefined }),
      ],
      ['/v1/clients', { name: NAME, scopes: ['assertion.read'] }],
    ] as const) {
      expectStatus(await call('POST', path, { body }), 500);
    }
    await owner.query('alter table document rename to document_away');
    for (const job of service.services.jobs) await job.run().catch(() => undefined);
    await owner.query('alter table document_away rename to document');
    await owner.query('alter table status_queue rename to status_queue_away');
    await call('POST', '/v1/assertions', { body: awardOf({ period: NUMBER }) });
    await service.services.telemetry.metrics.text();
    await owner.query('alter table status_queue_away rename to status_queue');
    await owner.close();
  });

  it('is in no figure, log line, span or problem of all that', async () => {
    const figures = await service.services.telemetry.metrics.text();
    await service.close();
    expect(asked).toBeGreaterThan(500);
    expect(problems.length).toBeGreaterThan(400);
    expect(lines.length).toBeGreaterThan(500);
    expect(collector.spans().length).toBeGreaterThan(500);
    const holding = (texts: readonly string[]) =>
      texts.filter((text) => CANARIES.some((canary) => text.includes(canary)));
    expect(holding(lines)).toEqual([]);
    expect(holding(figures.split('\n'))).toEqual([]);
    expect(holding(collector.spans().map((span) => JSON.stringify(span)))).toEqual([]);
    expect(holding([collector.text()])).toEqual([]);
    const told = problems.map(({ text, headers }) => `${text} ${JSON.stringify(headers)}`);
    expect(holding(told)).toEqual([]);
  });

  it('is in no error of background work, as it is logged', async () => {
    const { createLogger } = await import('../../src/log.ts');
    const written: string[] = [];
    const logger = createLogger({ level: 'trace', write: (line) => written.push(line) });
    for (const error of service.errors) logger.error({ err: error }, 'background error');
    const holding = written.filter((line) => CANARIES.some((canary) => line.includes(canary)));
    expect(holding).toEqual([]);
  });
});
