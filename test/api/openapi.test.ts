import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { awardTo, expectStatus, type Service, startService } from '../support/service.ts';
import {
  answerChecker,
  type Described,
  type OpenApi,
  operationsOf,
  referencesOf,
  resolve,
} from './support/openapi.ts';
import { OPERATIONS, type Operation } from './support/operations.ts';
import { makeWorld, perform, type World } from './support/world.ts';

const document: OpenApi = JSON.parse(
  readFileSync(new URL('../../openapi/management.json', import.meta.url), 'utf8'),
);
const described = operationsOf(document);
const describedAs = (id: string): Described => {
  const found = described.find((operation) => operation.id === id);
  if (found === undefined) throw new Error(`${id} is not described`);
  return found;
};
const examplesOf = ({ body }: Described): unknown[] => body?.examples ?? [];

/** Public operations, which need no body or take one that is no example. */
const PUBLIC = [
  'health',
  'ready',
  'publicIssuer',
  'publicDidDocument',
  'publicJwks',
  'publicKey',
  'publicAchievement',
  'publicImage',
  'publicStatusList',
  'publicCredential',
  'verifyCredential',
];
/** Management operations without a JSON body. */
const BODILESS = OPERATIONS.filter(
  ({ body, contentType }) => body === undefined || contentType !== undefined,
).map(({ id }) => id);

describe('The description of the API', () => {
  it('is OpenAPI 3.1 with its parts named', () => {
    expect(document.openapi).toMatch(/^3\.1\.\d$/);
    expect(document.info).toMatchObject({
      title: 'Microcert',
      version: expect.any(String),
      license: { identifier: 'EUPL-1.2' },
    });
    for (const name of Object.keys(document.components.schemas))
      expect(name).toMatch(/^[A-Z][A-Za-z]+$/);
    expect(Object.keys(document.components.securitySchemes)).toEqual(['apiKey']);
  });

  it('has no reference that leads nowhere, and no schema that nothing refers to', () => {
    const references = new Set(referencesOf(document));
    for (const reference of references) {
      expect([reference, resolve(document, { $ref: reference })]).not.toEqual([
        reference,
        undefined,
      ]);
    }
    const names = Object.keys(document.components.schemas).map(
      (name) => `#/components/schemas/${name}`,
    );
    expect(names.filter((name) => !references.has(name))).toEqual([]);
  });

  it('names every operation once, in words', () => {
    const ids = described.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { id, summary } of described) {
      expect(id).toMatch(/^[a-z][A-Za-z]+$/);
      expect(summary).toMatch(/^[A-Z].{5,}/);
    }
  });

  it('has the operations there are, no more and no less', () => {
    expect(described.map(({ id }) => id).sort()).toEqual(
      [...OPERATIONS.map(({ id }) => id), ...PUBLIC].sort(),
    );
  });

  it('describes every parameter in a path, and every refusal as a problem', () => {
    for (const { path, parameters, responses, id } of described) {
      const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      const inPath = parameters.filter((one) => one.in === 'path').map((one) => one.name);
      expect([id, inPath.sort()]).toEqual([id, named.sort()]);
      if (['health', 'ready'].includes(id)) continue;
      for (const range of ['4XX', '5XX']) {
        const schema = responses[range]?.content?.['application/problem+json']?.schema;
        expect([id, range, schema?.$ref]).toEqual([id, range, '#/components/schemas/Problem']);
      }
    }
  });

  it('says which operations need no key', () => {
    for (const [path, methods] of Object.entries<any>(document.paths)) {
      for (const [method, operation] of Object.entries<any>(methods)) {
        const open = Array.isArray(operation.security) && operation.security.length === 0;
        expect([method, path, open]).toEqual([
          method,
          path,
          PUBLIC.includes(operation.operationId),
        ]);
      }
    }
  });

  it('is served as it is kept', async () => {
    const service = await startService({ engine: 'postgresql' });
    const served = expectStatus(
      await service.call('GET', '/openapi.json', { key: undefined }),
      200,
    ).json;
    await service.close();
    expect({ ...served, info: { ...served.info, version: document.info.version } }).toEqual(
      document,
    );
  });

  it('has an example of every body', () => {
    const without = described.filter(
      (operation) => operation.body !== undefined && examplesOf(operation).length === 0,
    );
    expect(without.map(({ id }) => id).filter((id) => id !== 'verifyCredential')).toEqual([]);
    const bodies = OPERATIONS.map(({ id }) => id).filter((id) => !BODILESS.includes(id));
    expect(
      described
        .filter((operation) => examplesOf(operation).length > 0)
        .map(({ id }) => id)
        .sort(),
    ).toEqual(bodies.sort());
  });
});

describe('What the description says, the service does', () => {
  const faultsOf = answerChecker(document);
  let service: Service;
  beforeAll(async () => {
    service = await startService({ engine: 'postgresql' });
  });
  afterAll(() => service.close());

  const worldOf = () => makeWorld(service);
  const callerFor = (world: World, { id }: Operation) =>
    id === 'createIssuer' ? {} : { key: world.key };

  const withExamples = OPERATIONS.flatMap((operation) =>
    examplesOf(describedAs(operation.id)).map(
      (example, at) => [`${operation.id} ${at + 1}`, operation, example] as const,
    ),
  );
  it.each(withExamples)(
    'example %s is accepted and answered as described',
    async (_, operation, example) => {
      const world = await worldOf();
      const object = operation.object === undefined ? {} : await world.objects[operation.object]();
      const given = settle(operation, example);
      const sent = { ...operation, body: () => given };
      const answer = await perform(service, world, sent, object, callerFor(world, operation));
      expectStatus(answer, operation.expected.platform ?? operation.expected.own);
      expect(faultsOf(describedAs(operation.id), answer)).toEqual([]);
    },
  );

  it.each(BODILESS.map((id) => [id]))('%s is answered as described', async (id) => {
    const world = await worldOf();
    const operation = OPERATIONS.find((one) => one.id === id);
    if (operation === undefined) return;
    const object = operation.object === undefined ? {} : await world.objects[operation.object]();
    await world.objects.award();
    const answer = await perform(service, world, operation, object, { key: world.key });
    expectStatus(answer, operation.expected.own);
    expect(faultsOf(describedAs(id), answer)).toEqual([]);
  });

  it.each(OPERATIONS.map((operation) => [operation.id, operation] as const))(
    '%s refuses as described',
    async (id, operation) => {
      const world = await worldOf();
      const parameters = { id: '0'.repeat(26), keyId: '0'.repeat(26) };
      const refused = await perform(service, world, operation, parameters, { key: 'nobody' });
      expect([refused.status, faultsOf(describedAs(id), refused)]).toEqual([401, []]);
      const unfit = await perform(
        service,
        world,
        { ...operation, body: () => ({ unknown: true }) },
        parameters,
        { key: world.key },
      );
      expect(faultsOf(describedAs(id), unfit)).toEqual([]);
    },
  );

  it.each(PUBLIC.map((id) => [id]))('%s is answered as described', async (id) => {
    const world = await worldOf();
    const award = await world.objects.award();
    const issuer = `/issuers/${world.issuerId}`;
    const { keys } = (await service.call('GET', `${issuer}/jwks.json`, { key: undefined })).json;
    const parameters: Record<string, string> = {
      issuer: world.issuerId,
      credential: award['id'] ?? '',
      achievement: world.classId,
      image: (await service.call('GET', '/v1/images', { key: world.key })).json.items[0].id,
      list: '1',
      kid: keys[0].kid,
    };
    const operation = describedAs(id);
    const path = operation.path.replace(/\{(\w+)\}/g, (_, name: string) => parameters[name] ?? '');
    const credential = (
      await service.call('GET', `${issuer}/credentials/${award['id']}`, { key: undefined })
    ).text;
    const body = id === 'verifyCredential' ? { body: credential } : {};
    const answer = await service.call(operation.method, path, { key: undefined, ...body });
    expectStatus(answer, 200);
    expect(faultsOf(operation, answer)).toEqual([]);
    if (!id.startsWith('public')) return;
    const headers = { 'if-none-match': answer.headers['etag'] ?? '' };
    const unchanged = await service.call('GET', path, { key: undefined, headers });
    expect([unchanged.status, faultsOf(operation, unchanged)]).toEqual([304, []]);
  });

  it('an answer that differs would be noticed', () => {
    const answer = (status: number, json: unknown, type = 'application/json') => ({
      status,
      headers: { 'content-type': type },
      text: JSON.stringify(json),
      json,
    });
    const getKey = describedAs('getKey');
    expect(faultsOf(getKey, answer(200, { id: 1 })).length).toBeGreaterThan(3);
    expect(faultsOf(getKey, answer(201, {}))).toEqual(['201 is not described']);
    expect(faultsOf(getKey, answer(200, {}, 'text/html'))).toHaveLength(1);
    expect(faultsOf(getKey, answer(404, {}, 'application/problem+json')).length).toBeGreaterThan(3);
  });

  it('awards as a table are described', async () => {
    const world = await worldOf();
    await service.call('POST', '/v1/assertions', { key: world.key, body: awardTo('1') });
    const answer = await service.call('GET', '/v1/assertions', {
      key: world.key,
      headers: { accept: 'text/csv' },
    });
    expect(faultsOf(describedAs('listAssertions'), answer)).toEqual([]);
  });
});

/** Takes an example out of the way of earlier ones, where it names something new. */
function settle({ id }: Operation, example: any): unknown {
  if (id === 'createIssuer' || id === 'createCredentialClass') {
    return { ...example, externalId: crypto.randomUUID() };
  }
  if (!id.startsWith('put')) return example;
  // What is there keeps its externalId, and what only the platform says is not the issuer's to say.
  const { externalId: _externalId, kind: _kind, ...rest } = example;
  return rest;
}
