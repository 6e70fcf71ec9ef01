import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest';
import { processEnvironment } from '../support/environment.ts';
import { httpCaller } from '../support/http-caller.ts';
import { createDatabase, freePort } from '../support/postgres-server.ts';
import { endAll, startNode, until } from '../support/processes.ts';
import {
  awardTo,
  describeOnEngines,
  expectStatus,
  makeIssuer,
  type Service,
  startService,
} from '../support/service.ts';
import { superuser } from '../support/superuser.ts';
import { OPERATIONS, pathFor } from './support/operations.ts';

const TOKEN = 'a-token-for-the-scraper';

/** The value of a sample, or undefined where there is none. */
function sample(text: string, name: string, labels: Record<string, string> = {}) {
  const line = text
    .split('\n')
    .find(
      (one) =>
        (one.startsWith(`${name}{`) || one.startsWith(`${name} `)) &&
        Object.entries(labels).every(([label, value]) => one.includes(`${label}="${value}"`)),
    );
  return line === undefined ? undefined : Number(line.split(' ').at(-1));
}

describeOnEngines('The figures at /metrics', (engine) => {
  let service: Service;
  let folder: string;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'microcert-metrics-'));
    const file = join(folder, 'token');
    writeFileSync(file, `${TOKEN}\n`);
    service = await startService({ engine, environment: { METRICS_TOKEN_FILE: file } });
  });
  afterAll(async () => {
    await service.close();
    rmSync(folder, { recursive: true, force: true });
  });

  async function scrape(): Promise<string> {
    const answer = expectStatus(await service.call('GET', '/metrics', { key: TOKEN }), 200);
    expect(answer.headers['content-type']).toContain('text/plain');
    return answer.text;
  }

  it('are shown to nobody without the token', async () => {
    for (const key of [undefined, 'wrong', `${TOKEN}x`, service.platformKey]) {
      const answer = expectStatus(await service.call('GET', '/metrics', { key }), 401);
      expect(answer.text).not.toContain('microcert_');
    }
  });

  it('tell what was done: requests, steps, signatures, statements, verdicts, jobs', async () => {
    const { key } = await makeIssuer(service);
    const answer = await service.call('POST', '/v1/assertions', { key, body: awardTo('1') });
    const { url, id } = expectStatus(answer, 201).json;
    const { text: badge } = expectStatus(await service.call('GET', url), 200);
    const verify = (body: string) => service.call('POST', '/v1/verify', { key: undefined, body });
    expectStatus(await verify(badge), 200);
    expectStatus(await verify(badge.replace('Lefèvre', 'Lefevre')), 200);
    for (const job of service.services.jobs) await job.run();
    const text = await scrape();
    const value = (name: string, labels?: Record<string, string>) =>
      sample(text, `microcert_${name}`, labels) ?? 0;
    expect(value('http_requests_total', { class: 'issuing', method: 'POST', status: '2xx' })).toBe(
      1,
    );
    expect(value('http_request_duration_seconds_count', { class: 'verification' })).toBe(2);
    for (const step of ['decide', 'build', 'prepare', 'record', 'seal', 'publish']) {
      expect(value('issuance_step_duration_seconds_count', { step })).toBe(1);
    }
    expect(value('signatures_total', { purpose: 'credential-proof' })).toBe(1);
    expect(value('signatures_total', { purpose: 'status-list' })).toBeGreaterThan(0);
    expect(value('database_duration_seconds_count', { work: 'transaction' })).toBeGreaterThan(5);
    expect(value('verifications_total', { verdict: 'valid' })).toBe(1);
    expect(value('verifications_total', { verdict: 'invalid' })).toBe(1);
    for (const { name } of service.services.jobs) {
      expect(value('job_runs_total', { job: name, outcome: 'ok' })).toBe(1);
    }
    expect(value('database_up')).toBe(1);
    expect(value('database_connections', { state: 'waiting' })).toBe(0);
    expect(sample(text, 'nodejs_eventloop_lag_p99_seconds')).toBeDefined();
    expect(sample(text, 'process_resident_memory_bytes')).toBeGreaterThan(1_000_000);
    expect(text).not.toContain(id);
  });

  it('tell how old the oldest change is that no signed status list shows', async () => {
    const { key, issuer } = await makeIssuer(service);
    const answer = await service.call('POST', '/v1/assertions', { key, body: awardTo('2') });
    const { id } = expectStatus(answer, 201).json;
    const queue = { queue: 'status-list' };
    expect(sample(await scrape(), 'microcert_queue_depth', queue)).toBe(0);
    await service.services.db.transaction({ issuerId: issuer.id }, async () => undefined);
    const body = { reason: 'Error' };
    expectStatus(await service.call('POST', `/v1/assertions/${id}/revoke`, { key, body }), 200);
    const waiting = await scrape();
    expect(sample(waiting, 'microcert_queue_depth', queue)).toBe(1);
    expect(sample(waiting, 'microcert_queue_oldest_seconds', queue)).toBeGreaterThanOrEqual(0);
    await until('the list is signed', async () => {
      return sample(await scrape(), 'microcert_queue_depth', queue) === 0;
    });
    expect(sample(await scrape(), 'microcert_queue_depth', { queue: 'sealing' })).toBe(0);
  });

  it('grow by no label that a caller chooses', async () => {
    const { key } = await makeIssuer(service);
    const walk = async (round: string) => {
      for (const operation of OPERATIONS) {
        const path = pathFor(operation, { id: `ext:${round}`, keyId: round });
        await service.call(operation.method, path, { key, headers: { 'user-agent': round } });
      }
      await service.call('GET', `/${round}`);
      await service.call('PROPFIND', `/v1/${round}`);
      await service.call('GET', `/issuers/${round}`);
      const text = await scrape();
      return text
        .split('\n')
        .filter((line) => line.startsWith('microcert_'))
        .map((line) => line.split(' ')[0]);
    };
    await walk('canary-one');
    const before = await walk('canary-two');
    const after = await walk('canary-three');
    expect(after.filter((name) => !before.includes(name))).toEqual([]);
    expect(after.join('\n')).not.toMatch(/canary|ext:/);
  });
});

describe('While the database is away', () => {
  it('the figures that need none are shown, and it is said', async () => {
    const service = await startService({ engine: 'postgresql' });
    const owner = superuser(service.databaseUrl);
    await owner.query('alter table status_queue rename to status_queue_away');
    const text = await service.services.telemetry.metrics.text();
    expect(sample(text, 'microcert_database_up')).toBe(0);
    expect(sample(text, 'microcert_queue_depth', { queue: 'sealing' })).toBeUndefined();
    expect(sample(text, 'microcert_database_connections', { state: 'idle' })).toBeDefined();
    await owner.close();
    await service.close();
  });
});

describe('A listener of their own', () => {
  afterEach(endAll);

  it('shows figures and health of the API and of the worker, and the main port does not', async () => {
    const databaseUrl = await createDatabase(inject('postgresUrl'));
    const environment = await processEnvironment(databaseUrl);
    const ports = [await freePort(), await freePort()] as const;
    const caller = environment.newCaller();
    const api = startNode('src/main.ts', {
      ...environment.values,
      METRICS_PORT: String(ports[0]),
    });
    await caller.ready(api.lives);
    const worker = startNode('src/worker.ts', {
      ...environment.values,
      METRICS_PORT: String(ports[1]),
    });
    for (const port of ports) {
      const operator = httpCaller(`http://127.0.0.1:${port}`, '');
      await operator.ready(() => api.lives() && worker.lives());
      expectStatus(await operator.call('GET', '/health', { key: undefined }), 200);
      const { text } = await operator.call('GET', '/metrics', { key: undefined });
      expect(text).toContain('microcert_database_up 1');
      expectStatus(await operator.call('GET', '/v1/issuers', { key: undefined }), 404);
      await operator.close();
    }
    expectStatus(await caller.call('GET', '/metrics', { key: undefined }), 404);
    await caller.close();
    expect(await worker.end('SIGTERM')).toEqual({ code: 0, signal: null });
    expect(await api.end('SIGTERM')).toEqual({ code: 0, signal: null });
    environment.remove();
  });
});
