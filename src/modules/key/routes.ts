import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { issuerAddresses } from '../../core/address.ts';
import { callerOf } from '../../http/auth.ts';
import { named, refusals } from '../../http/openapi.ts';
import { created, IdempotencyHeader, onceOf, sendOutcome } from '../../http/resource.ts';
import { KeyView, NewKey } from './schema.ts';
import type { KeyService, StoredKey } from './service.ts';

const tags = ['keys'];

/** Finds the base address under which an issuer's keys are published. */
type BaseOf = (issuerId: StoredKey['issuerId']) => Promise<string>;

function toView(key: StoredKey, baseUrl: string) {
  const addresses = issuerAddresses(baseUrl, key.issuerId);
  return {
    id: key.id,
    purpose: key.purpose,
    algorithm: key.algorithm,
    state: key.state,
    verificationMethod: addresses.verificationMethod(key.kid),
    createdAt: key.createdAt.toISOString(),
    ...(key.retiredAt === undefined ? {} : { retiredAt: key.retiredAt.toISOString() }),
    ...(key.compromisedAt === undefined ? {} : { compromisedAt: key.compromisedAt.toISOString() }),
  };
}

const CHANGES = [
  ['rotate', 'rotateKey', 'Replace an active key by a new one; the old one goes on verifying'],
  ['retire', 'retireKey', 'Take a JWT key out of use without a successor'],
  [
    'compromised',
    'markKeyCompromised',
    'Mark a key compromised: it leaves the DID document and what it signed no longer verifies',
  ],
] as const;

export function keyRoutes(service: KeyService, baseOf: BaseOf): FastifyPluginAsyncTypebox {
  const acts = {
    rotate: service.rotate,
    retire: service.retire,
    compromised: service.markCompromised,
  };
  return async (app) => {
    app.addSchema(KeyView);
    app.addSchema(NewKey);
    const Path = Type.Object({ id: Type.String({ maxLength: 300 }) });

    app.get(
      '/v1/keys',
      {
        schema: {
          operationId: 'listKeys',
          summary: 'List the signing keys of the issuer, past ones included',
          tags,
          response: { 200: Type.Object({ items: Type.Array(Type.Ref('Key')) }), ...refusals },
        },
      },
      async (request) => {
        const keys = await service.list(callerOf(request));
        const [first] = keys;
        const base = first === undefined ? '' : await baseOf(first.issuerId);
        return { items: keys.map((key) => toView(key, base)) };
      },
    );

    app.get(
      '/v1/keys/:id',
      {
        schema: {
          operationId: 'getKey',
          summary: 'Read a signing key',
          tags,
          params: Path,
          response: { 200: Type.Ref('Key'), ...refusals },
        },
      },
      async (request) => {
        const key = await service.get(callerOf(request), request.params.id);
        return toView(key, await baseOf(key.issuerId));
      },
    );

    app.post(
      '/v1/keys',
      {
        schema: {
          operationId: 'createKey',
          summary: 'Create a signing key of a kind the issuer has none of',
          tags,
          headers: IdempotencyHeader,
          body: named<NewKey>('NewKey'),
          response: { 201: Type.Ref('Key'), ...refusals },
        },
      },
      async (request, reply) => {
        const caller = callerOf(request);
        const base = caller.issuerId === undefined ? '' : await baseOf(caller.issuerId);
        const answer = (key: StoredKey) => created(toView(key, base), `/v1/keys/${key.id}`);
        const once = onceOf(request, 'createKey', answer);
        return sendOutcome(reply, await service.create(caller, request.body, once), answer);
      },
    );

    for (const [verb, operationId, summary] of CHANGES) {
      app.post(
        `/v1/keys/:id/${verb}`,
        {
          schema: {
            operationId,
            summary,
            tags,
            params: Path,
            response: { 200: Type.Ref('Key'), ...refusals },
          },
        },
        async (request) => {
          const { id } = request.params as { id: string };
          const key = await acts[verb](callerOf(request), id);
          return toView(key, await baseOf(key.issuerId));
        },
      );
    }
  };
}
