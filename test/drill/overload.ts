/**
 * Ten times the capacity. The real service on a real PostgreSQL is measured without load, at its capacity and far
 * beyond it; afterwards an auditor checks that every award that was answered is there, once, and verifies.
 */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { type Stack, startStack } from '../bench/stack.ts';
import { audit } from '../support/auditor.ts';
import { freePort } from '../support/postgres-server.ts';
import { award, KINDS, type Kind, type LoadPlan, type LoadResult } from './load.ts';
import { type OverloadReport, overloadText, passedOf } from './report.ts';
import { memoryOf, watchService } from './watch.ts';

const run = promisify(execFile);
const GENERATOR = fileURLToPath(new URL('./generator.ts', import.meta.url));
const TIMES = 10;
/** As many of each kind as there are slots on two processors: at capacity nothing is refused. */
const CLIENTS: Readonly<Record<Kind, number>> = { issue: 4, verify: 4, read: 8 };
const NOBODY: Readonly<Record<Kind, number>> = { issue: 0, verify: 0, read: 0 };
const SAMPLE = 20;
/** So many answers in a row as fast as without load are a recovery. */
const QUIET = 10;
const LONGEST_RECOVERY_MS = 60_000;

export interface DrillOptions {
  readonly quick: boolean;
  readonly json: boolean;
}

export async function overload(options: DrillOptions): Promise<{ text: string; passed: boolean }> {
  const port = String(await freePort());
  const stack = await startStack({ METRICS_PORT: port });
  const metricsUrl = `http://127.0.0.1:${port}/metrics`;
  const folder = mkdtempSync(join(tmpdir(), 'microcert-drill-'));
  try {
    const report = await measure(stack, metricsUrl, folder, options.quick);
    const text = options.json ? JSON.stringify(report, null, 2) : overloadText(report);
    return { text, passed: passedOf(report) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
    await stack.stop();
  }
}

async function measure(
  stack: Stack,
  metricsUrl: string,
  folder: string,
  quick: boolean,
): Promise<OverloadReport> {
  const learners = { awarded: [] as number[], unknown: [] as number[] };
  let firstLearner = 1;
  const known = { paths: [] as string[], badges: [] as string[] };

  /** The load comes from a process of its own. */
  async function load(
    loop: LoadPlan['loop'],
    amounts: LoadPlan['amounts'],
    seconds: number,
  ): Promise<LoadResult> {
    const { key } = stack;
    // By number: a name is looked up for every connection.
    const url = stack.url.replace('localhost', '127.0.0.1');
    const file = join(folder, 'plan.json');
    const plan: LoadPlan = { url, key, seconds, loop, amounts, firstLearner, ...known };
    writeFileSync(file, JSON.stringify(plan));
    const { stdout } = await run(process.execPath, [GENERATOR, file], { maxBuffer: 2 ** 28 });
    const result: LoadResult = JSON.parse(stdout);
    firstLearner += result.kinds.issue.sent;
    learners.awarded.push(...result.awarded);
    learners.unknown.push(...result.unknown);
    return result;
  }

  const short = quick ? 2 : 6;
  await load('closed', { ...NOBODY, issue: 4 }, short);
  await findBadges(stack, known);
  await load('closed', CLIENTS, short);

  const unloaded = {} as Record<Kind, LoadResult>;
  for (const kind of KINDS) unloaded[kind] = await load('closed', { ...NOBODY, [kind]: 1 }, short);
  const capacity = await load('closed', CLIENTS, quick ? 4 : 10);
  const rates = mapKinds((kind) => capacity.kinds[kind].accepted / capacity.seconds);
  const p99 = mapKinds((kind) => unloaded[kind].kinds[kind].acceptedMs.p99);

  const before = await memoryOf(metricsUrl);
  const watching = watchService(stack, stack.pid, await essentialPaths(stack, known.badges));
  const used = stack.cpu();
  const flood = await load(
    'open',
    mapKinds((kind) => TIMES * rates[kind]),
    quick ? 5 : 20,
  );
  const cpu = processorShares(used, stack.cpu(), flood);
  const watched = await watching.stop();
  const recovery = await recover(stack, known, p99, () => firstLearner++, learners.awarded);
  await new Promise((resolve) => setTimeout(resolve, 5_000));
  const after = await memoryOf(metricsUrl);

  await settle(stack, learners.unknown);
  return {
    times: TIMES,
    capacity: rates,
    unloaded: mapKinds((kind) => unloaded[kind].kinds[kind].acceptedMs),
    atCapacity: mapKinds((kind) => capacity.kinds[kind].acceptedMs),
    flood,
    probes: watched.probes,
    cpu,
    memory: { before, peakBytes: watched.peakBytes, after },
    recoveryMs: flood.drainMs + recovery,
    faults: await faultsOf(stack, [...learners.awarded, ...learners.unknown]),
    awards: learners.awarded.length + learners.unknown.length,
  };
}

function mapKinds<Value>(of: (kind: Kind) => Value): Record<Kind, Value> {
  return { issue: of('issue'), verify: of('verify'), read: of('read') };
}

/** Processors in use while the load lasted, by who used them. */
function processorShares(
  before: Readonly<Record<string, number>>,
  after: Readonly<Record<string, number>>,
  { seconds, drainMs, cpuSeconds }: LoadResult,
): Record<string, number> {
  const whole = seconds + drainMs / 1000;
  const used = Object.keys(after).map((name) => [
    name,
    ((after[name] ?? 0) - (before[name] ?? 0)) / whole,
  ]);
  return { ...Object.fromEntries(used), sender: cpuSeconds / whole };
}

interface Known {
  paths: string[];
  badges: string[];
}

/** Some of the badges that were issued, and where they are. */
async function findBadges({ query, call, url, issuerId }: Stack, known: Known): Promise<void> {
  const rows = await query(`select id from assertion where state = 'issued' limit ${SAMPLE}`);
  for (const { id } of rows) {
    const path = `/issuers/${issuerId}/credentials/${id}`;
    const answer = await call('GET', path, { key: undefined });
    if (answer.status !== 200) throw new Error(`${url}${path}: ${answer.status}`);
    known.paths.push(path);
    known.badges.push(answer.text);
  }
}

/** What must always answer. */
async function essentialPaths({ issuerId }: Stack, badges: readonly string[]) {
  const list: string = JSON.parse(badges[0] ?? '{}').credentialStatus.statusListCredential;
  return {
    health: '/health',
    'status list': new URL(list).pathname,
    'DID document': `/issuers/${issuerId}/did.json`,
  };
}

/** Asks for one thing of each kind again and again until answers come as fast as before. Returns milliseconds. */
async function recover(
  { call, key }: Stack,
  { paths, badges }: Known,
  p99: Readonly<Record<Kind, number>>,
  newLearner: () => number,
  awarded: number[],
): Promise<number> {
  const start = performance.now();
  const requests: Readonly<Record<Kind, () => Promise<number>>> = {
    issue: async () => {
      const learner = newLearner();
      const { path, headers, body } = award({ key }, learner);
      const { status } = await call('POST', path, {
        key,
        headers,
        body: JSON.parse(body ?? ''),
      });
      if (status === 201) awarded.push(learner);
      return status;
    },
    verify: async () => {
      const headers = { 'content-type': 'application/vc+ld+json' };
      const body = JSON.parse(badges[0] ?? '');
      return (await call('POST', '/v1/verify', { key: undefined, headers, body })).status;
    },
    read: async () => (await call('GET', paths[0] ?? '/', { key: undefined })).status,
  };
  const ends = await Promise.all(KINDS.map((kind) => quietAfter(requests[kind], p99[kind], start)));
  return Math.max(...ends) - start;
}

/** When the first of so many quick answers in a row was asked for. */
async function quietAfter(
  request: () => Promise<number>,
  limitMs: number,
  start: number,
): Promise<number> {
  let quiet = 0;
  let since = start;
  while (quiet < QUIET && performance.now() - start < LONGEST_RECOVERY_MS) {
    const asked = performance.now();
    const status = await request();
    if (status < 300 && performance.now() - asked <= limitMs) {
      if (quiet === 0) since = asked;
      quiet++;
    } else quiet = 0;
  }
  return quiet < QUIET ? start + LONGEST_RECOVERY_MS : since;
}

/** Posts again what was not answered: whatever became of it, the same request gets the one award. */
async function settle({ call, key }: Stack, learners: readonly number[]): Promise<void> {
  for (const learner of learners) {
    const { path, headers, body } = award({ key }, learner);
    const answer = await call('POST', path, { key, headers, body: JSON.parse(body ?? '') });
    if (answer.status !== 201) throw new Error(`learner ${learner}: ${answer.text}`);
  }
}

/** Lost, doubled or unsound awards, in words. */
async function faultsOf(stack: Stack, learners: readonly number[]): Promise<string[]> {
  const rows = await stack.query(
    `select i.value from recipient_identifier i join assertion a
       on a.issuer_id = i.issuer_id and a.recipient_id = i.recipient_id where a.state = 'issued'`,
  );
  const stored = new Set(rows.map(({ value }) => Number(value)));
  const lost = learners.filter((learner) => !stored.has(learner));
  const didDocument = await stack.call('GET', `/issuers/${stack.issuerId}/did.json`, {
    key: undefined,
  });
  const { faults } = await audit(stack.query, learners.length, didDocument.json);
  return [...lost.map((learner) => `the award of learner ${learner} is lost`), ...faults];
}
