/** An issuer with a key of its own and every kind of object it can have. */
import { EXAMPLE_DEFINITION } from '../../../src/modules/credential-class/schema.ts';
import {
  type Answer,
  awardTo,
  type CallOptions,
  expectStatus,
  makeIssuer,
  type Service,
} from '../../support/service.ts';
import type { Operation } from './operations.ts';
import { pathFor, picture } from './operations.ts';

type Parameters = Readonly<Record<string, string>>;

/** Makers of the objects that paths name; each call makes a new one, or finds one that can be used up. */
export interface Objects {
  readonly issuer: () => Promise<Parameters>;
  readonly client: () => Promise<Parameters>;
  readonly clientKey: () => Promise<Parameters>;
  readonly key: () => Promise<Parameters>;
  readonly noRsaKey: () => Promise<Parameters>;
  readonly draft: () => Promise<Parameters>;
  readonly published: () => Promise<Parameters>;
  readonly image: () => Promise<Parameters>;
  readonly recipient: () => Promise<Parameters>;
  readonly award: () => Promise<Parameters>;
  readonly suspended: () => Promise<Parameters>;
  readonly link: () => Promise<Parameters>;
}

export interface World {
  readonly issuerId: string;
  readonly clientId: string;
  readonly key: string;
  readonly classId: string;
  readonly objects: Objects;
}

let counter = 0;
const fresh = (name: string) => `${name}-${++counter}`;

/** A class whose awards can be suspended. */
export const SUSPENDABLE = { statusPurposes: ['revocation', 'suspension'] } as const;

export async function makeWorld(service: Pick<Service, 'call'>): Promise<World> {
  const { issuer, client, key, credentialClass } = await makeIssuer(service, {
    definition: SUSPENDABLE,
  });
  const post = async (path: string, body?: unknown, status = 201) =>
    expectStatus(await service.call('POST', path, { key, ...(body ? { body } : {}) }), status).json;
  const jwtKey = async (algorithm: string) => {
    const { items } = expectStatus(await service.call('GET', '/v1/keys', { key }), 200).json;
    return items.find((one: any) => one.algorithm === algorithm && one.state === 'active')?.id;
  };

  const objects: Objects = {
    issuer: async () => ({ id: issuer.id }),
    client: async () => {
      const made = await post('/v1/clients', { name: 'LMS', scopes: ['assertion.read'] });
      return { id: made.id, keyId: made.keys[0].id };
    },
    clientKey: () => objects.client(),
    key: async () => ({
      id:
        (await jwtKey('ES256')) ??
        (await post('/v1/keys', { purpose: 'credential-jwt', algorithm: 'ES256' })).id,
    }),
    noRsaKey: async () => {
      const id = await jwtKey('RS256');
      if (id !== undefined) await post(`/v1/keys/${id}/retire`, undefined, 200);
      return {};
    },
    draft: async () => {
      const externalId = fresh('class');
      const body = { externalId, definition: { ...EXAMPLE_DEFINITION, ...SUSPENDABLE } };
      return { id: (await post('/v1/credential-classes', body)).id, externalId };
    },
    published: async () => {
      const draft = await objects.draft();
      await post(`/v1/credential-classes/${draft['id']}/publish`, undefined, 200);
      return draft;
    },
    image: async () => {
      const headers = { 'content-type': 'image/svg+xml' };
      const body = picture();
      return {
        id: expectStatus(await service.call('POST', '/v1/images', { key, body, headers }), 201).json
          .id,
      };
    },
    recipient: async () => {
      const externalId = fresh('person');
      const identifiers = [{ type: 'student-number', value: externalId }];
      const body = { externalId, fullName: 'Grace Hopper', identifiers };
      return { id: (await post('/v1/recipients', body)).id, externalId };
    },
    award: async () => {
      const externalId = fresh('award');
      return {
        id: (await post('/v1/assertions', awardTo(externalId, { externalId }))).id,
        externalId,
      };
    },
    suspended: async () => {
      const award = await objects.award();
      await post(`/v1/assertions/${award['id']}/suspend`, { reason: 'Under review' }, 200);
      return award;
    },
    link: async () => {
      const { id } = await objects.award();
      const link = await post(`/v1/assertions/${id}/links`, {});
      return { id: String(id), linkId: link.id };
    },
  };
  return { issuerId: issuer.id, clientId: client.id, key, classId: credentialClass.id, objects };
}

/** Calls an operation for an object of a world as some caller; a change names the version that is there now. */
export async function perform(
  service: Pick<Service, 'call'>,
  world: World,
  operation: Operation,
  parameters: Parameters,
  caller: CallOptions,
): Promise<Answer> {
  const path = pathFor(operation, parameters);
  const headers: Record<string, string> = { ...caller.headers };
  if (operation.contentType !== undefined) headers['content-type'] = operation.contentType;
  if (operation.ifMatch) {
    const seen = await service.call('GET', path, { key: world.key });
    headers['if-match'] = seen.headers['etag'] ?? '"1"';
  }
  return service.call(operation.method, path, {
    ...caller,
    headers,
    ...(operation.body === undefined ? {} : { body: operation.body(world) }),
  });
}

/** What tells one refusal from another. */
export function refusalOf(answer: Answer) {
  const { type, title, status, code, errors } = answer.json;
  return { type, title, status, code, errors };
}
