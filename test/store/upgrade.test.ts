import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { encodeCursor } from '../../src/core/page.ts';
import { MIGRATIONS_FOLDER } from '../../src/database.ts';
import { migratePostgres } from '../../src/store/migrate.ts';
import { proofVerifies } from '../support/auditor.ts';
import { readText } from '../support/compose.ts';
import { createDatabase } from '../support/postgres-server.ts';
import { until } from '../support/processes.ts';
import { awardTo, expectStatus, startService } from '../support/service.ts';
import { type Superuser, superuser } from '../support/superuser.ts';

/** The platform key and the master key under which the rows of the first release were made. */
const PLATFORM_KEY = `mck_${'k'.repeat(43)}`;
const MASTER_KEY = Buffer.alloc(32, 'k').toString('base64');
const FIRST_RELEASE = 3;

describe('What the first release wrote is kept, served and verified by this one', () => {
  let folder: string;
  let url: string;
  let database: Superuser;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'microcert-upgrade-'));
    writeFileSync(join(folder, 'master.key'), MASTER_KEY, { mode: 0o600 });
    writeFileSync(join(folder, 'admin.key'), PLATFORM_KEY);
    url = await createDatabase(inject('postgresUrl'));
    database = superuser(url);
    const migrations = join(folder, 'migrations');
    cpSync(MIGRATIONS_FOLDER, migrations, { recursive: true });
    const journalFile = join(migrations, 'meta', '_journal.json');
    const journal = JSON.parse(readFileSync(journalFile, 'utf8'));
    journal.entries = journal.entries.slice(0, FIRST_RELEASE);
    writeFileSync(journalFile, JSON.stringify(journal));
    await migratePostgres(url, migrations);
    await database.query(readText('test/support/fixtures/first-release.sql'));
  });
  afterAll(async () => {
    await database.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const documents = () =>
    database.query(
      'select assertion_id, format, media_type, body, digest from document order by assertion_id, format',
    );
  const migrated = async () =>
    (await database.query('select count(*)::int as n from drizzle.__drizzle_migrations'))[0]?.['n'];

  it('a migration that has to wait for a table gives up, changes nothing, and does it later', async () => {
    const busy = await database.connect();
    await busy.query('begin; select from status_list');
    const refused = await migratePostgres(url, MIGRATIONS_FOLDER).catch((error: unknown) => error);
    expect((refused as Error & { cause: { code: string } }).cause.code).toBe('55P03');
    expect(await migrated()).toBe(FIRST_RELEASE);
    await busy.query('rollback');
    busy.release();
    await migratePostgres(url, MIGRATIONS_FOLDER);
    expect(await migrated()).toBeGreaterThan(FIRST_RELEASE);
  });

  it('every document to the byte, every state, the answers to repeated requests and the place in the list', async () => {
    const before = await documents();
    expect(before).toHaveLength(3);
    const [row] = await database.query(
      'select issuer_id as issuer, tx::text as tx, id from assertion order by tx limit 1',
    );
    const { issuer, tx, id } = row as { issuer: string; tx: string; id: string };
    const service = await startService({
      engine: 'postgresql',
      databaseUrl: url,
      environment: {
        MASTER_KEY_FILE: join(folder, 'master.key'),
        ADMIN_KEY_FILE: join(folder, 'admin.key'),
      },
    });
    const call = (method: string, path: string, body?: unknown, idempotencyKey?: string) =>
      service.call(method, path, {
        key: PLATFORM_KEY,
        issuer,
        ...(body === undefined ? {} : { body }),
        headers: idempotencyKey === undefined ? {} : { 'idempotency-key': idempotencyKey },
      });
    const didDocument = (await service.call('GET', `/issuers/${issuer}/did.json`)).json;
    expect(await documents()).toEqual(before);
    expect(await service.services.recheck.everything(() => undefined)).toEqual({
      checked: 3,
      corrupt: 0,
    });
    for (const { assertion_id, format, media_type, body } of before) {
      const shown = await service.call('GET', `/issuers/${issuer}/credentials/${assertion_id}`, {
        key: undefined,
        headers: { accept: media_type },
      });
      expect(expectStatus(shown, 200).text).toBe(body);
      if (format === 'ob3') expect(await proofVerifies(JSON.parse(body), didDocument)).toBe(true);
      const { state } = expectStatus(await call('GET', `/v1/assertions/${assertion_id}`), 200).json;
      const verdict = await service.call('POST', '/v1/verify', {
        key: undefined,
        headers: { 'content-type': media_type },
        body,
      });
      expect(expectStatus(verdict, 200).json.verdict).toBe(
        state === 'revoked' ? 'invalid' : 'valid',
      );
    }

    // The request that made the first one, again.
    const [kept] = await database.query("select response from idempotency where key = 'frozen-1'");
    const again = await call(
      'POST',
      '/v1/assertions',
      {
        ...awardTo('1', { formats: ['ob3', 'ob3-jwt'] }),
        recipient: {
          givenName: 'Test',
          familyName: 'Learner 1',
          identifiers: [{ type: 'student-number', value: '1' }],
        },
      },
      'frozen-1',
    );
    expect(expectStatus(again, 201).text).toBe(kept?.['response']);

    // What comes now goes on in the same lists, and behind a cursor of then.
    const next = expectStatus(await call('POST', '/v1/assertions', awardTo('3')), 201).json;
    const lists = await database.query(
      'select distinct status_list, suspension_list from assertion',
    );
    expect(lists).toHaveLength(1);
    const cursor = encodeURIComponent(encodeCursor([tx, id]));
    const feed = `/v1/assertions?updatedSince=2020-01-01T00:00:00Z&cursor=${cursor}`;
    await until('the feed shows it', async () => {
      const { items } = (await call('GET', feed)).json;
      return items.some((item: { id: string }) => item.id === next.id);
    });
    const shown = (await call('GET', feed)).json.items.map((item: { id: string }) => item.id);
    expect(shown).toHaveLength(2);
    expect(shown).not.toContain(id);
    expect(service.errors).toEqual([]);
    await service.close();
  }, 240_000);
});
