/**
 * `npm run bench`: the service beside the library and the framework it stands on, in one run on one machine.
 * `--quick` takes half a minute; `--json` prints the figures for programs.
 */
import { parseArgs } from 'node:util';
import { freePort } from '../support/postgres-server.ts';
import { until } from '../support/processes.ts';
import { createLibrary, type Library } from './library.ts';
import { applyLoad } from './load.ts';
import { compare, type Measured, type Plan, type Subject } from './measure.ts';
import { asText, machine, type Report } from './report.ts';
import { type Stack, startProcess, startStack, stopProcess } from './stack.ts';

type Json = Record<string, any>;

const CONNECTIONS = 10;
const SAMPLE = 20;
const EMBEDDED = 'embedded proof';
const AIM = { subject: EMBEDDED, leastRatio: 0.4 };

const { values } = parseArgs({
  options: { quick: { type: 'boolean' }, json: { type: 'boolean' } },
});
const plan: Plan = values.quick ? { repetitions: 3, seconds: 0.5 } : { repetitions: 7, seconds: 2 };

const stack = await startStack();
try {
  const report = await measureAll(stack);
  process.stdout.write(`${values.json ? JSON.stringify(report, null, 2) : asText(report)}\n`);
} finally {
  await stack.stop();
}

async function measureAll(stack: Stack): Promise<Report> {
  const issuing = issuer(stack);
  await issuing.issue(['ob3'], SAMPLE);
  const badges = await issuing.sample();
  const library = await libraryFor(stack, badges[0] ?? {});
  const sections = [
    {
      title: `Issue: one award a request, stored, on ${CONNECTIONS} connections`,
      rows: await measureIssue(stack, library, issuing),
      aim: AIM,
    },
    {
      title: `Resolve: a credential by its address, on ${CONNECTIONS} connections`,
      rows: await measureResolve(stack, badges),
    },
    {
      title: `Verify: a badge with its status, on ${CONNECTIONS} connections`,
      rows: await measureVerify(stack, library, badges),
    },
  ];
  await issuing.check(library);
  return {
    machine: machine(),
    postgresql: stack.settings,
    method: {
      repetitions: `${plan.repetitions} turns of about ${plan.seconds} s each, baseline and service in turn`,
      warmup: 'two rounds of each before the first turn, not counted',
      figures: 'median (least to most); a ratio is that of two turns side by side',
      service: 'node src/main.ts with default settings, its log discarded',
      checked: `every status, ${issuing.issued()} awards counted in the database, samples verified by @digitalbazaar/vc`,
    },
    sections,
  };
}

/** Awards the class to ever new learners and remembers where some of the badges are. */
function issuer({ url, key, call, issuedAwards }: Stack) {
  let learners = 0;
  let issued = 0;
  let newest: string[] = [];
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
  const award = (formats: readonly string[]) => ({
    credentialClass: { externalId: 'climate' },
    recipient: {
      givenName: 'Zoé',
      familyName: `Lefèvre ${++learners}`,
      identifiers: [{ type: 'student-number', value: String(learners) }],
    },
    route: 'course',
    awardedAt: '2026-06-30T12:00:00Z',
    results: [{ value: '16' }, { assessment: 'exam', value: '15' }],
    formats,
  });

  async function fetchBadge(address: string): Promise<Json> {
    const answer = await call('GET', address, { key: undefined });
    if (answer.status !== 200) throw new Error(`${address}: ${answer.status}`);
    return answer.json;
  }

  return {
    issued: () => issued,
    issue: async (formats: readonly string[], amount: number) => {
      const timed = await applyLoad({
        url,
        connections: CONNECTIONS,
        amount,
        method: 'POST',
        headers,
        status: 201,
        next: () => ({ path: '/v1/assertions', body: JSON.stringify(award(formats)) }),
        check: (body) => {
          newest = [...newest.slice(1 - SAMPLE), JSON.parse(body).url];
          return true;
        },
      });
      issued += amount;
      return timed;
    },
    sample: (): Promise<Json[]> => Promise.all(newest.map(fetchBadge)),
    /** Every answered award is in the database, and the newest verify. */
    check: async (library: Library) => {
      const stored = await issuedAwards();
      if (stored !== issued) throw new Error(`${issued} awards answered, ${stored} stored`);
      await library.verify(newest.length, await Promise.all(newest.map(fetchBadge)));
    },
  };
}

async function libraryFor({ call, url }: Stack, badge: Json): Promise<Library> {
  const documents = new Map<string, Json>();
  const did: string = badge['issuer'].id;
  const list: string = badge['credentialStatus'].statusListCredential;
  const didDocument = `${url}/issuers/${did.split(':').at(-1)}/did.json`;
  for (const [id, address] of [
    [did, didDocument],
    [list, list],
  ] as const) {
    documents.set(id, (await call('GET', address, { key: undefined })).json);
  }
  return createLibrary(badge, documents);
}

/** CPU seconds of this process, where the library runs and the load is made. */
function ownCpu() {
  const { user, system } = process.cpuUsage();
  return { library: (user + system) / 1e6 };
}

function measureIssue(
  { cpu }: Stack,
  library: Library,
  issuing: ReturnType<typeof issuer>,
): Promise<Measured[]> {
  const subject = (name: string, formats: readonly string[]): Subject => ({
    name,
    cpu,
    run: (count) => issuing.issue(formats, count),
  });
  return compare(
    [
      { name: '@digitalbazaar/vc, nothing stored', cpu: ownCpu, run: library.issue },
      subject(EMBEDDED, ['ob3']),
      subject('embedded proof and VC-JWT', ['ob3', 'ob3-jwt']),
    ],
    plan,
  );
}

async function measureResolve(stack: Stack, badges: readonly Json[]): Promise<Measured[]> {
  const addresses = badges.map(({ id }) => new URL(id).pathname);
  const [first = ''] = addresses;
  const { text } = await stack.call('GET', first, { key: undefined });
  const port = String(await freePort());
  const empty = `http://localhost:${port}`;
  const bytes = String(Buffer.byteLength(text));
  const route = startProcess('test/bench/empty-route.ts', { PORT: port, BYTES: bytes });
  let at = 0;
  const get = (url: string, next: () => string) => (amount: number) =>
    applyLoad({
      url,
      connections: CONNECTIONS,
      amount,
      method: 'GET',
      status: 200,
      next: () => ({ path: next() }),
    });
  try {
    await until('the empty route answers', () => answers(empty));
    return await compare(
      [
        { name: 'empty Fastify route, as many bytes', run: get(empty, () => '/') },
        {
          name: 'credential from PostgreSQL',
          cpu: stack.cpu,
          run: get(stack.url, () => addresses[at++ % addresses.length] ?? ''),
        },
      ],
      plan,
    );
  } finally {
    await stopProcess(route);
  }
}

async function answers(url: string): Promise<boolean> {
  const load = { url, connections: 1, amount: 1, method: 'GET', status: 200 } as const;
  return applyLoad({ ...load, next: () => ({ path: '/ready' }) }).then(
    () => true,
    () => false,
  );
}

function measureVerify(
  { url, cpu }: Stack,
  library: Library,
  badges: readonly Json[],
): Promise<Measured[]> {
  const bodies = badges.map((badge) => JSON.stringify(badge));
  let at = 0;
  const verify = (amount: number) =>
    applyLoad({
      url,
      connections: CONNECTIONS,
      amount,
      method: 'POST',
      headers: { 'content-type': 'application/vc+ld+json' },
      status: 200,
      next: () => ({ path: '/v1/verify', body: bodies[at++ % bodies.length] ?? '' }),
      check: (body) => JSON.parse(body).verdict === 'valid',
    });
  return compare(
    [
      { name: '@digitalbazaar/vc', cpu: ownCpu, run: (count) => library.verify(count, badges) },
      { name: 'POST /v1/verify', cpu, run: verify },
    ],
    plan,
  );
}
