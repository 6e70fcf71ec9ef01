import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { audit } from '../support/auditor.ts';
import {
  awardTo,
  expectStatus,
  makeIssuer,
  type Service,
  startService,
} from '../support/service.ts';
import { type Superuser, superuser } from '../support/superuser.ts';

describe('The auditor of the kill tests', () => {
  let service: Service;
  let database: Superuser;
  let didDocument: Record<string, unknown>;
  beforeAll(async () => {
    service = await startService({ engine: 'postgresql' });
    database = superuser(service.databaseUrl);
    const { issuer, key } = await makeIssuer(service);
    for (const number of ['1', '2']) {
      const headers = { 'idempotency-key': number };
      const body = awardTo(number);
      expectStatus(await service.call('POST', '/v1/assertions', { key, headers, body }), 201);
    }
    const address = `/issuers/${issuer.id}/did.json`;
    didDocument = (await service.call('GET', address, { key: undefined })).json;
  });
  afterAll(async () => {
    await service.close();
    await database.close();
  });

  /** What the auditor finds once a statement has run; the statement is taken back. */
  async function faultsAfter(statement: string): Promise<string[]> {
    const connection = await database.connect();
    try {
      await connection.query('begin');
      await connection.query(statement);
      const query = async (text: string) => (await connection.query(text)).rows;
      return (await audit(query, 2, didDocument)).faults;
    } finally {
      await connection.query('rollback');
      connection.release();
    }
  }

  it('finds nothing where nothing is wrong', async () => {
    expect(await faultsAfter('select')).toEqual([]);
  });

  it.each([
    [
      'one letter of a credential',
      "update document set body = replace(body, 'Zoé', 'Zoë') where format = 'ob3'",
      /ob3 does not verify/,
    ],
    [
      'one letter of a token',
      "update document set body = overlay(body placing 'AAAA' from length(body) - 40) where format = 'ob3-jwt'",
      /ob3-jwt does not verify/,
    ],
    ['a lost token', "delete from document where format = 'ob3-jwt'", /documents/],
    ['a lost event', "delete from event where action = 'assertion.issue'", /events/],
    ['a lost natural key', 'delete from award_key', /natural keys/],
    ['an award left half done', "update assertion set state = 'prepared'", /prepared awards/],
    [
      'a forgotten queue',
      'insert into sealing_queue select issuer_id, id, now() from assertion',
      /waiting to be sealed/,
    ],
    [
      'an index used twice',
      'drop index assertion_status; update assertion set status_index = 7',
      /distinct status indexes/,
    ],
    [
      'one more learner',
      "insert into recipient (issuer_id, id, full_name) select issuer_id, 'x', 'X' from issuer",
      /recipients/,
    ],
  ])('finds %s', async (_what, statement, fault) => {
    expect((await faultsAfter(statement)).join('\n')).toMatch(fault);
  });
});
