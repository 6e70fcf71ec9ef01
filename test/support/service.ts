/** The whole service as it is wired in production, on either engine, without a socket. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, inject } from 'vitest';
import { buildApp } from '../../src/app.ts';
import { loadConfig } from '../../src/config.ts';
import { createLogger } from '../../src/log.ts';
import { EXAMPLE_DEFINITION } from '../../src/modules/credential-class/schema.ts';
import { EXAMPLE_PROFILE } from '../../src/modules/issuer/schema.ts';
import { type Observers, wire } from '../../src/wire.ts';
import { MANY_SLOTS, NO_LIMITS } from './environment.ts';
import { createDatabase } from './postgres-server.ts';

export type Engine = 'postgresql' | 'pglite';
export const ENGINES: readonly Engine[] = ['postgresql', 'pglite'];

/** Runs a suite on both engines, named in the output. */
export function describeOnEngines(name: string, suite: (engine: Engine) => void): void {
  describe.each(ENGINES)(`${name} (%s)`, (engine) => suite(engine));
}

export interface ServiceOptions {
  readonly engine: Engine;
  /** An existing database; absent: a new one. */
  readonly databaseUrl?: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly observers?: Partial<Observers>;
  /** Receives the log, a line a call; absent: no log. */
  readonly log?: (line: string) => void;
}

export interface CallOptions {
  readonly key?: string | undefined;
  /** Issuer a platform key acts for. */
  readonly issuer?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  /** The body as JSON; throws where it is none. */
  readonly json: any;
}

export type Service = Awaited<ReturnType<typeof startService>>;

/** Starts the service; background jobs run only when a test runs them. */
export async function startService(options: ServiceOptions) {
  const folder = mkdtempSync(join(tmpdir(), 'microcert-test-'));
  const databaseUrl =
    options.databaseUrl ??
    (options.engine === 'postgresql' ? await createDatabase(inject('postgresUrl')) : '');
  const masterKeyFile = join(folder, 'master.key');
  const { readOrMakeMasterKey } = await import('../../src/signing/key-store/master-key.ts');
  readOrMakeMasterKey(masterKeyFile);
  const config = loadConfig({
    DATA_DIR: folder,
    DATABASE_URL: databaseUrl,
    MASTER_KEY_FILE: masterKeyFile,
    ALLOW_LOOPBACK: 'true',
    PUBLIC_BASE_URL: 'http://localhost:8080',
    LOG_LEVEL: options.log === undefined ? 'silent' : 'trace',
    SIGNING_THREADS: '1',
    ...NO_LIMITS,
    ...MANY_SLOTS,
    ...options.environment,
  });
  const errors: unknown[] = [];
  const services = await wire(config, {
    onError: (error) => errors.push(error),
    ...options.observers,
  });
  const platformKey = await services.access.ensurePlatformClient(undefined);
  const app = await buildApp(services, {
    version: 'test',
    logger: createLogger({ level: config.logLevel, write: options.log ?? (() => undefined) }),
    limits: config.limits,
    metrics: config.metrics,
    stopping: () => false,
  });
  await app.ready();

  async function call(method: string, path: string, given: CallOptions = {}): Promise<Answer> {
    const key = 'key' in given ? given.key : platformKey;
    const response = await app.inject({
      method: method as 'GET',
      url: path.replace(/^https?:\/\/[^/]+/, ''),
      headers: {
        ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
        ...(given.issuer === undefined ? {} : { 'microcert-issuer': given.issuer }),
        ...(given.body === undefined ? {} : { 'content-type': 'application/json' }),
        ...given.headers,
      },
      ...(given.body === undefined ? {} : { payload: payloadOf(given.body) }),
    });
    return {
      status: response.statusCode,
      headers: response.headers as Record<string, string>,
      text: response.payload,
      get json() {
        return JSON.parse(response.payload);
      },
    };
  }

  return {
    app,
    services,
    config,
    call,
    /** Errors of background work. */
    errors,
    databaseUrl,
    masterKeyFile,
    platformKey: platformKey ?? '',
    close: async () => {
      await app.close();
      await services.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function payloadOf(body: unknown): string | Buffer {
  return typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body);
}

/** Expects a status and returns the answer; the text of another one is in the failure. */
export function expectStatus(answer: Answer, status: number): Answer {
  if (answer.status !== status) {
    throw new Error(`expected ${status}, got ${answer.status}: ${answer.text.slice(0, 2000)}`);
  }
  return answer;
}

let counter = 0;

/** An issuer with a client of its own and a published class, made over the API. */
export async function makeIssuer(
  service: Pick<Service, 'call'>,
  options: {
    readonly issuer?: Readonly<Record<string, unknown>>;
    readonly definition?: Readonly<Record<string, unknown>>;
  } = {},
) {
  const name = `issuer-${++counter}`;
  const issuer = expectStatus(
    await service.call('POST', '/v1/issuers', {
      body: {
        externalId: name,
        kind: 'higher-education',
        profile: EXAMPLE_PROFILE,
        ...options.issuer,
      },
    }),
    201,
  ).json;
  const client = expectStatus(
    await service.call('POST', '/v1/clients', {
      issuer: issuer.id,
      body: { name: 'SIS', scopes: ALL_ISSUER_SCOPES },
    }),
    201,
  ).json;
  const key: string = client.keys[0].secret;
  const draft = expectStatus(
    await service.call('POST', '/v1/credential-classes', {
      key,
      body: {
        externalId: 'health-data-2026',
        definition: { ...EXAMPLE_DEFINITION, ...options.definition },
      },
    }),
    201,
  ).json;
  const credentialClass = expectStatus(
    await service.call('POST', `/v1/credential-classes/${draft.id}/publish`, { key }),
    200,
  ).json;
  return { issuer, client, key, credentialClass, externalId: name };
}

export const ALL_ISSUER_SCOPES = [
  'issuer.write',
  'class.write',
  'class.publish',
  'assertion.issue',
  'assertion.revoke',
  'assertion.read',
  'key.manage',
  'client.manage',
  'audit.read',
];

/** The body of an award to the learner with a student number. */
export function awardTo(studentNumber: string, members: Readonly<Record<string, unknown>> = {}) {
  return {
    credentialClass: { externalId: 'health-data-2026' },
    recipient: {
      givenName: 'Zoé',
      familyName: `Lefèvre ${studentNumber}`,
      identifiers: [{ type: 'student-number', value: studentNumber }],
    },
    route: 'course',
    awardedAt: '2026-06-30T12:00:00Z',
    results: [{ value: '16' }],
    ...members,
  };
}
