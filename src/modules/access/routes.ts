import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import type { StoredAnswer } from '../../core/idempotency.ts';
import { callerOf } from '../../http/auth.ts';
import { named, refusals } from '../../http/openapi.ts';
import {
  created,
  IdempotencyHeader,
  onceOf,
  PageQuery,
  pageSchema,
  query,
  sendOutcome,
  sendPage,
} from '../../http/resource.ts';
import { ApiKeyView, ClientView, NewApiKey, NewClient } from './schema.ts';
import type { AccessService, ApiKey, Client, ClientWithSecret } from './service/index.ts';

const tags = ['clients'];

function toKeyView(key: ApiKey, secret: string | undefined) {
  return {
    id: key.id,
    createdAt: key.createdAt.toISOString(),
    ...(key.expiresAt === undefined ? {} : { expiresAt: key.expiresAt.toISOString() }),
    ...(secret === undefined ? {} : { secret }),
  };
}

function toView(client: Client, shown?: { keyId: string; secret: string }) {
  return {
    id: client.id,
    name: client.name,
    scopes: client.scopes,
    createdAt: client.createdAt.toISOString(),
    ...(client.disabledAt === undefined ? {} : { disabledAt: client.disabledAt.toISOString() }),
    keys: client.keys.map((key) =>
      toKeyView(key, key.id === shown?.keyId ? shown.secret : undefined),
    ),
  };
}

const location = (client: Client) => `/v1/clients/${client.id}`;
const withSecret = (made: ClientWithSecret): StoredAnswer =>
  created(toView(made.client, made), location(made.client));
/** What a repeated request is told: everything but the secret, which is nowhere kept. */
const withoutSecret = (made: ClientWithSecret): StoredAnswer =>
  created(toView(made.client), location(made.client));

export function accessRoutes(service: AccessService): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.addSchema(ApiKeyView);
    app.addSchema(ClientView);
    app.addSchema(NewClient);
    app.addSchema(NewApiKey);
    const Path = Type.Object({ id: Type.String({ maxLength: 300 }) });
    const KeyPath = Type.Object({
      id: Type.String({ maxLength: 300 }),
      keyId: Type.String({ maxLength: 300 }),
    });

    app.post(
      '/v1/clients',
      {
        schema: {
          operationId: 'createClient',
          summary: 'Create a client and its first key',
          tags,
          headers: IdempotencyHeader,
          body: named<NewClient>('NewClient'),
          response: { 201: Type.Ref('Client'), ...refusals },
        },
      },
      async (request, reply) => {
        const once = onceOf(request, 'createClient', withoutSecret);
        const outcome = await service.createClient(callerOf(request), request.body, once);
        return sendOutcome(reply, outcome, withSecret);
      },
    );

    app.get(
      '/v1/clients',
      {
        schema: {
          operationId: 'listClients',
          summary: 'List clients',
          tags,
          querystring: query(PageQuery),
          response: { 200: pageSchema(Type.Ref('Client')), ...refusals },
        },
      },
      async (request, reply) => {
        const { limit, cursor } = request.query;
        const page = await service.listClients(callerOf(request), { limit, cursor });
        return sendPage(request, reply, page, (client) => toView(client));
      },
    );

    app.get(
      '/v1/clients/:id',
      {
        schema: {
          operationId: 'getClient',
          summary: 'Read a client',
          tags,
          params: Path,
          response: { 200: Type.Ref('Client'), ...refusals },
        },
      },
      async (request) => toView(await service.getClient(callerOf(request), request.params.id)),
    );

    app.post(
      '/v1/clients/:id/keys',
      {
        schema: {
          operationId: 'createClientKey',
          summary: 'Give a client a second live key, to rotate without a gap',
          tags,
          headers: IdempotencyHeader,
          params: Path,
          body: named<NewApiKey>('NewApiKey'),
          response: { 201: Type.Ref('Client'), ...refusals },
        },
      },
      async (request, reply) => {
        const once = onceOf(request, 'createClientKey', withoutSecret);
        const { params, body } = request;
        const outcome = await service.createKey(callerOf(request), params.id, body, once);
        return sendOutcome(reply, outcome, withSecret);
      },
    );

    app.delete(
      '/v1/clients/:id/keys/:keyId',
      {
        schema: {
          operationId: 'revokeClientKey',
          summary: 'Revoke a key; other processes follow within two seconds',
          tags,
          params: KeyPath,
          response: { 204: Type.Null(), ...refusals },
        },
      },
      async (request, reply) => {
        await service.revokeKey(callerOf(request), request.params.id, request.params.keyId);
        return reply.code(204).send(null);
      },
    );

    app.delete(
      '/v1/clients/:id',
      {
        schema: {
          operationId: 'disableClient',
          summary: 'Disable a client and all its keys',
          tags,
          params: Path,
          response: { 204: Type.Null(), ...refusals },
        },
      },
      async (request, reply) => {
        await service.disableClient(callerOf(request), request.params.id);
        return reply.code(204).send(null);
      },
    );
  };
}
