import { parse } from 'node:querystring';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  awardTo,
  expectStatus,
  makeIssuer,
  type Service,
  startService,
} from '../support/service.ts';

/** Cells that a spreadsheet would run. */
const FORMULAS = [
  '=1+1',
  '+1',
  '-1',
  '@SUM(A1)',
  '\tx',
  '＝1',
  '＋1',
  '－1',
  '＠x',
  '=HYPERLINK("http://evil.example","x")',
];

describe('Awards as a table', () => {
  let service: Service;
  let key: string;
  beforeAll(async () => {
    service = await startService({ engine: 'postgresql' });
    key = (await makeIssuer(service)).key;
    for (const [at, fullName] of [...FORMULAS, 'Plain, "quoted"\nName'].entries()) {
      const recipient = { fullName, identifiers: [{ type: 'student-number', value: `c${at}` }] };
      const members = { recipient, externalId: `=cmd-${at}`, period: `@p${at}` };
      expectStatus(
        await service.call('POST', '/v1/assertions', { key, body: awardTo('', members) }),
        201,
      );
    }
  });
  afterAll(() => service.close());

  const get = async (query = '', accept = 'text/csv') =>
    expectStatus(
      await service.call('GET', `/v1/assertions?${query}`, { key, headers: { accept } }),
      200,
    );

  it('has a heading, one line an award, and its own media type', async () => {
    const answer = await get('limit=200');
    expect(answer.headers).toMatchObject({
      'content-type': 'text/csv; charset=utf-8',
      vary: 'Accept',
      'cache-control': 'no-store',
    });
    // Without the mark a spreadsheet reads UTF-8 as something else.
    expect(answer.text.startsWith('\ufeff')).toBe(true);
    const [heading, ...lines] = cellsOf(answer.text.slice(1));
    expect(heading?.slice(0, 6)).toEqual([
      'id',
      'externalId',
      'state',
      'credentialClass',
      'recipient',
      'fullName',
    ]);
    expect(lines).toHaveLength(FORMULAS.length + 1);
    expect(new Set(lines.map((cells) => cells.length))).toEqual(new Set([heading?.length]));
  });

  it('has no cell that begins like a formula', async () => {
    const cells = cellsOf((await get('limit=200')).text).flat();
    expect(cells.filter((cell) => /^[=+\-@\t\r＝＋－＠]/.test(cell))).toEqual([]);
    for (const formula of FORMULAS) expect(cells).toContain(`'${formula}`);
    expect(cells).toContain('Plain, "quoted"\nName');
  });

  it('pages like the list', async () => {
    const first = await get('limit=4');
    const link = /\?([^>]+)>; rel="next"/.exec(first.headers['link'] ?? '')?.[1] ?? '';
    expect(parse(link)['limit']).toBe('4');
    const second = await get(link);
    const ids = (text: string) =>
      cellsOf(text)
        .slice(1)
        .map(([id]) => id);
    expect(new Set([...ids(first.text), ...ids(second.text)]).size).toBe(8);
  });

  it('is made where the reader names it first', async () => {
    for (const accept of ['application/json', '*/*', 'application/json, text/csv']) {
      expect((await get('', accept)).headers['content-type']).toMatch(/^application\/json/);
    }
  });
});

/** The cells of a table with quoted cells and doubled quotes (RFC 4180). */
function cellsOf(text: string): string[][] {
  const rows: string[][] = [[]];
  for (const [, quoted, bare, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\n]*))(,|\n|$)/g)) {
    if (end === '' && quoted === undefined && bare === '') break;
    rows.at(-1)?.push(quoted?.replaceAll('""', '"') ?? bare ?? '');
    if (end === '\n') rows.push([]);
  }
  return rows.filter((row) => row.length > 0);
}
