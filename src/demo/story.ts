/** The main job as a registrar's system does it, over HTTP only: define, award, read, verify, revoke, verify. */
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, send } from './client.ts';
import { CLASS, ISSUER, LEARNERS, type Learner } from './content.ts';

export interface Stage {
  readonly url: string;
  readonly platformKey: string;
  /** Where the credentials are left. */
  readonly folder: string;
  /** Where the client keeps its key between runs. */
  readonly clientKeyFile: string;
  readonly say: (line: string) => void;
}

interface Issued {
  readonly learner: Learner;
  readonly id: string;
  readonly url: string;
  readonly json: string;
  readonly jwt: string;
}

const ISSUER_REF = 'ext:haine-example';
const CLASS_REF = 'ext:litteratie-donnees-sante';

export async function tell(stage: Stage): Promise<void> {
  await rm(stage.folder, { recursive: true, force: true });
  await mkdir(stage.folder, { recursive: true });
  const issuer = await registerIssuer(stage);
  const key = await clientKey(stage, issuer.id);
  await defineClass(stage, key);
  const issued = await awardAll(stage, key);
  await verifyAll(stage, issued);
  await refuseTampered(stage, issued[0]);
  await revokeOne(stage, key, issued.at(-1));
  stage.say(`\nThe credentials are in ${stage.folder}`);
}

async function registerIssuer({ url, platformKey, say }: Stage): Promise<{ id: string }> {
  const address = `${url}/v1/issuers/${ISSUER_REF}`;
  const known = await send('GET', address, { key: platformKey });
  if (known.status === 401) {
    throw new Error(
      'The data folder holds a service that was first started without the demonstration; move it away, or set DATA_DIR to another folder.',
    );
  }
  const answer =
    known.status === 200
      ? known
      : await expect([201], 'PUT', address, {
          key: platformKey,
          body: { kind: 'higher-education', profile: ISSUER },
        });
  const issuer = JSON.parse(answer.text) as { id: string; did: string; url: string };
  say(`\n1. The platform registered the issuer "${ISSUER.name['fr']}"`);
  say(`   profile  ${issuer.url}`);
  say(`   signs as ${issuer.did}`);
  return issuer;
}

/** The registrar's system has a key of its own, which opens this issuer alone. */
async function clientKey(stage: Stage, issuer: string): Promise<string> {
  const { url, platformKey, clientKeyFile } = stage;
  const kept = await readFile(clientKeyFile, 'utf8').catch(() => undefined);
  if (kept !== undefined) {
    const answer = await send('GET', `${url}/v1/credential-classes`, { key: kept.trim() });
    if (answer.status === 200) return kept.trim();
  }
  const answer = await expect([201], 'POST', `${url}/v1/clients`, {
    key: platformKey,
    issuer,
    body: {
      name: 'Student information system (demonstration)',
      scopes: [
        'class.write',
        'class.publish',
        'assertion.issue',
        'assertion.read',
        'assertion.revoke',
      ],
    },
  });
  const { keys } = JSON.parse(answer.text) as { keys: { secret: string }[] };
  const secret = keys[0]?.secret ?? '';
  await writeFile(clientKeyFile, `${secret}\n`, { mode: 0o600 });
  return secret;
}

async function defineClass({ url, say }: Stage, key: string): Promise<void> {
  const address = `${url}/v1/credential-classes/${CLASS_REF}`;
  const known = await send('GET', address, { key });
  const answer =
    known.status === 200
      ? known
      : await expect([201], 'PUT', address, { key, body: { definition: CLASS } });
  const draft = JSON.parse(answer.text) as { id: string; state: string; url?: string };
  const published =
    draft.state === 'draft'
      ? (JSON.parse(
          (await expect([200], 'POST', `${address}/publish`, { key })).text,
        ) as typeof draft)
      : draft;
  const { workload, languages } = CLASS;
  say(`\n2. Its registrar's system described and published the micro-credential`);
  say(`   "${CLASS.title['fr']}" / "${CLASS.title['en']}"`);
  say(`   ${workload?.ects} ECTS, EQF level 7, in ${languages.join(' and ')}`);
  say(`   ${published.url}`);
}

async function awardAll(stage: Stage, key: string): Promise<Issued[]> {
  // Each run of the demonstration awards anew, as each edition of a course would.
  const period = new Date().toISOString();
  stage.say(`\n3. It awarded it to ${LEARNERS.length} learners`);
  const issued: Issued[] = [];
  for (const learner of LEARNERS) issued.push(await award(stage, key, learner, period));
  stage.say('   each request was sent twice with its Idempotency-Key, and acted once');
  return issued;
}

async function award(stage: Stage, key: string, learner: Learner, period: string): Promise<Issued> {
  const request = {
    key,
    headers: { 'idempotency-key': `demo:${period}:${learner.file}` },
    body: {
      credentialClass: { externalId: CLASS_REF.slice(4) },
      recipient: learner.recipient,
      period,
      formats: ['ob3', 'ob3-jwt'],
      ...learner.award,
    },
  };
  const first = await expect([201], 'POST', `${stage.url}/v1/assertions`, request);
  const again = await expect([201], 'POST', `${stage.url}/v1/assertions`, request);
  if (again.text !== first.text) throw new Error('A repeated request was answered differently.');
  const { id, url } = JSON.parse(first.text) as { id: string; url: string };
  const json = await expect([200], 'GET', url, { headers: { accept: '*/*' } });
  const jwt = await expect([200], 'GET', url, { headers: { accept: 'application/vc+jwt' } });
  await save(stage, `${learner.file}.json`, json.text);
  await save(stage, `${learner.file}.jwt`, jwt.text);
  const { givenName, familyName } = learner.recipient;
  stage.say(`   ${givenName} ${familyName}: ${url}`);
  return { learner, id, url, json: json.text, jwt: jwt.text };
}

function save({ folder }: Stage, name: string, text: string): Promise<void> {
  return writeFile(join(folder, name), text);
}

interface Report {
  readonly verdict: string;
  readonly checks: readonly { name: string; outcome: string; message: string }[];
}

async function verify({ url }: Stage, body: string, mediaType: string): Promise<Report> {
  const headers = { 'content-type': mediaType };
  const answer = await expect([200], 'POST', `${url}/v1/verify`, { headers, body });
  return JSON.parse(answer.text) as Report;
}

const verifyJson = (stage: Stage, body: string) => verify(stage, body, 'application/vc+ld+json');
const verifyJwt = (stage: Stage, body: string) => verify(stage, body, 'application/vc+jwt');

async function verifyAll(stage: Stage, issued: readonly Issued[]): Promise<void> {
  for (const { json, jwt, url } of issued) {
    demand((await verifyJson(stage, json)).verdict, 'valid', url);
    demand((await verifyJwt(stage, jwt)).verdict, 'valid', `${url} (JWT)`);
  }
  stage.say(`\n4. All ${issued.length * 2} signed files were read back and verified: valid`);
}

async function refuseTampered(stage: Stage, one: Issued | undefined): Promise<void> {
  if (one === undefined) return;
  const tampered = one.json.replace('"value":"16"', '"value":"20"');
  const report = await verifyJson(stage, tampered);
  demand(report.verdict, 'invalid', 'a badge with a better mark');
  await save(stage, `${one.learner.file}-tampered.json`, tampered);
  const [header, payload, signature] = one.jwt.split('.');
  const altered = `${header}.${alter(payload ?? '')}.${signature}`;
  demand((await verifyJwt(stage, altered)).verdict, 'invalid', 'an altered token');
  await save(stage, `${one.learner.file}-tampered.jwt`, altered);
  stage.say(`\n5. The same badge with 20 in place of 16: ${report.verdict}`);
  stage.say(`   ${failureOf(report)}`);
}

/** The payload with another mark. */
function alter(payload: string): string {
  const json = Buffer.from(payload, 'base64url').toString('utf8');
  return Buffer.from(json.replace('"value":"16"', '"value":"20"')).toString('base64url');
}

async function revokeOne(stage: Stage, key: string, one: Issued | undefined): Promise<void> {
  if (one === undefined) return;
  const { learner, id, url, json, jwt } = one;
  await expect([200], 'POST', `${stage.url}/v1/assertions/${id}/revoke`, {
    key,
    body: { reason: 'Awarded in error: the jury had not met' },
  });
  const report = await untilInvalid(stage, json);
  demand((await verifyJwt(stage, jwt)).verdict, 'invalid', 'the token of a revoked award');
  for (const suffix of ['json', 'jwt']) {
    await rm(join(stage.folder, `${learner.file}.${suffix}`));
    await save(stage, `${learner.file}-revoked.${suffix}`, suffix === 'json' ? json : jwt);
  }
  stage.say(`\n6. ${learner.recipient['givenName']}'s award was revoked: ${report.verdict}`);
  stage.say(`   ${url}`);
  stage.say(`   ${failureOf(report)}`);
}

/** The status list is signed again within five seconds of a change. */
async function untilInvalid(stage: Stage, json: string): Promise<Report> {
  for (let tries = 0; tries < 40; tries++) {
    const report = await verifyJson(stage, json);
    if (report.verdict === 'invalid') return report;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  throw new Error('The revocation did not show within ten seconds.');
}

function failureOf(report: Report): string {
  const failed = report.checks.find(({ outcome }) => outcome === 'failed');
  return failed === undefined ? '' : `${failed.name}: ${failed.message}`;
}

function demand(actual: string, expected: string, what: string): void {
  if (actual !== expected) throw new Error(`${what} was found ${actual}, not ${expected}.`);
}
