import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type Compose,
  environmentOf,
  readCompose,
  readmeBlocks,
  readText,
} from '../support/compose.ts';
import { httpCaller } from '../support/http-caller.ts';
import { freePort, type PostgresServer, startPostgres } from '../support/postgres-server.ts';
import { endAll, startCommand, startNode, until } from '../support/processes.ts';
import { awardTo, expectStatus, makeIssuer } from '../support/service.ts';

/** The statements of a psql script whose variables come from shell commands, in the order of the script. */
function statementsOf(script: string, secrets: string): string {
  const variables = new Map<string, string>();
  const lines = script.split('\n').filter((line) => {
    const [, name, command] = /^\\set (\w+) `(.*)`$/.exec(line) ?? [];
    if (name === undefined || command === undefined) return true;
    const shell = command.replaceAll('/run/secrets', secrets);
    variables.set(name, execFileSync('sh', ['-c', shell], { encoding: 'utf8' }).trim());
    return false;
  });
  return lines
    .join('\n')
    .replace(/:'(\w+)'/g, (_all, name) => pg.escapeLiteral(variables.get(name) ?? ''));
}

describe('The services of docker-compose.yml, started with its environment and the secrets of the README', () => {
  const compose: Compose = readCompose();
  let folder: string;
  let server: PostgresServer;
  let port: number;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'microcert-compose-'));
    const [makeSecrets = ''] = readmeBlocks('Run it in containers');
    const unprivileged = makeSecrets.split('\n').filter((line) => !line.startsWith('sudo '));
    execFileSync('bash', ['-euo', 'pipefail', '-c', unprivileged.join('\n')], { cwd: folder });
    server = await startPostgres();
    const maintenance = new pg.Client({ connectionString: server.url });
    await maintenance.connect();
    await maintenance.query('create database microcert');
    await maintenance.query(statementsOf(readText('migrations/roles.sql'), secret('')));
    await maintenance.end();
    // The name and port of the database inside the network of the containers.
    for (const name of ['database_url', 'migration_database_url']) {
      const url = readFileSync(secret(name), 'utf8');
      writeFileSync(secret(name), url.replace('@database:5432', `@${new URL(server.url).host}`));
    }
    port = await freePort();
  });
  afterAll(async () => {
    await endAll();
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const secret = (name: string) => join(folder, 'secrets', name);

  function startAsSaid(name: 'migrate' | 'api' | 'worker') {
    const service = compose.services[name];
    const said = environmentOf(service, { PUBLIC_BASE_URL: 'https://credentials.example.be' });
    const here = Object.entries(said).map(([variable, value]) => [
      variable,
      value.replace('/run/secrets', secret('')),
    ]);
    const [, script = 'src/main.ts'] = service.command ?? [];
    const environment = { NODE_ENV: 'production', ...Object.fromEntries(here) };
    return startNode(script, name === 'api' ? { ...environment, PORT: String(port) } : environment);
  }

  it('the owner migrates, API and worker serve as a login that owns nothing, and nothing is warned of', async () => {
    const migrate = startAsSaid('migrate');
    expect(await migrate.ended, migrate.output()).toEqual({ code: 0, signal: null });
    const api = startAsSaid('api');
    const worker = startAsSaid('worker');
    const caller = httpCaller(
      `http://127.0.0.1:${port}`,
      readFileSync(secret('admin_key'), 'utf8').trim(),
    );
    await caller.ready(api.lives).catch((error: unknown) => {
      throw new Error(api.output(), { cause: error });
    });
    const { key } = await makeIssuer(caller);
    const award = await caller.call('POST', '/v1/assertions', { key, body: awardTo('1') });
    expect(expectStatus(award, 201).json.url).toMatch(/^https:\/\/credentials\.example\.be\//);
    await until('the worker works', () => worker.output().includes('"working"'));

    const health = readText('Dockerfile').split('HEALTHCHECK')[1]?.split('CMD ')[1]?.split('\n')[0];
    const checks: readonly (readonly string[])[] = [
      JSON.parse(health ?? ''),
      (compose.services.api.healthcheck?.test ?? [])
        .slice(1)
        .map((part) => part.replace('8080', String(port))),
    ];
    for (const [, ...parameters] of checks) {
      const check = startCommand(process.execPath, parameters, { PORT: String(port) });
      expect(await check.ended, check.output()).toEqual({ code: 0, signal: null });
      const elsewhere = startCommand(
        process.execPath,
        parameters.map((part) => part.replace(String(port), '1')),
        { PORT: '1' },
      );
      expect((await elsewhere.ended).code).toBe(1);
    }

    const database = new pg.Client({
      connectionString: readFileSync(secret('database_url'), 'utf8').trim(),
    });
    await database.connect();
    const { rows } = await database.query(
      `select current_user::text as login, (select count(*)::int from pg_class c join pg_roles r on r.oid = c.relowner
         where r.rolname = current_user) as owned,
       (select distinct r.rolname::text from pg_class c join pg_roles r on r.oid = c.relowner
         where c.relnamespace = 'public'::regnamespace) as owner`,
    );
    expect(rows).toEqual([{ login: 'microcert_service', owned: 0, owner: 'microcert_owner' }]);
    expect((await database.query('select from document')).rows).toEqual([]);
    await expect(database.query('drop table document')).rejects.toThrow(/must be owner/);
    await database.end();

    for (const child of [api, worker]) {
      expect(await child.end('SIGTERM'), child.output()).toEqual({ code: 0, signal: null });
      const levels = child
        .output()
        .split('\n')
        .filter((line) => line.startsWith('{'))
        .map((line) => JSON.parse(line).level);
      expect(levels.length).toBeGreaterThan(0);
      expect(Math.max(...levels), child.output()).toBeLessThan(40);
    }
    await caller.close();
  }, 240_000);
});
