/** Badges of the example university, issued and fetched over HTTP. */
import { classBody, issuerBody } from '../../support/fixtures/university.ts';
import { awardTo, expectStatus, makeIssuer, type Service } from '../../support/service.ts';
import type { Json } from './digital-bazaar.ts';

/** A university with a client and the published class, with members of either in place of its own. */
export function makeUniversity(
  service: Service,
  { issuer = {}, definition = {} }: { issuer?: Json; definition?: Json } = {},
) {
  return makeIssuer(service, {
    issuer: { profile: issuerBody, defaultFormats: ['ob3', 'ob3-jwt'], ...issuer },
    definition: { ...classBody, ...definition },
  });
}

export interface Issued {
  readonly id: string;
  readonly url: string;
  readonly credential: Json;
  readonly token: string;
}

let counter = 0;

/** Awards the class to a learner of their own and fetches both signed forms. */
export async function issue(service: Service, key: string, members: Json = {}): Promise<Issued> {
  const body = awardTo(String(++counter), members);
  const award = expectStatus(await service.call('POST', '/v1/assertions', { key, body }), 201).json;
  const read = async (suffix: string) =>
    expectStatus(await service.call('GET', `${award.url}${suffix}`, { key: undefined }), 200);
  const { id, url } = award;
  return { id, url, credential: (await read('')).json, token: (await read('.jwt')).text };
}

/** The list follows within seconds. */
export async function changeStatus(
  service: Service,
  key: string,
  id: string,
  act: 'revoke' | 'suspend' | 'reinstate',
): Promise<void> {
  const body = { reason: 'Reason of a test' };
  expectStatus(await service.call('POST', `/v1/assertions/${id}/${act}`, { key, body }), 200);
}

/** Replaces the active key of a purpose, because it is old or because it is lost. */
export async function replaceKey(
  service: Service,
  key: string,
  purpose: string,
  act: 'rotate' | 'compromised',
): Promise<void> {
  const { items } = expectStatus(await service.call('GET', '/v1/keys', { key }), 200).json;
  const active = items.find((one: Json) => one['purpose'] === purpose && one['state'] === 'active');
  expectStatus(await service.call('POST', `/v1/keys/${active.id}/${act}`, { key }), 200);
}
