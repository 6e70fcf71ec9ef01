import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { referenceOf } from '../../core/reference.ts';
import { callerOf } from '../../http/auth.ts';
import { named, refusals } from '../../http/openapi.ts';
import {
  created,
  FeedQuery,
  feedRequest,
  IdempotencyHeader,
  IfMatchHeader,
  onceOf,
  pageSchema,
  query,
  Reference,
  requiredRevision,
  sendOutcome,
  sendPage,
  sendResource,
} from '../../http/resource.ts';
import { RecipientInput, RecipientView } from './schema.ts';
import type { Recipient, RecipientService } from './service.ts';

const tags = ['recipients'];

function toView(recipient: Recipient) {
  const { id, externalId, givenName, familyName, fullName, birthDate } = recipient;
  return {
    id,
    ...(externalId === undefined ? {} : { externalId }),
    ...(givenName === undefined ? {} : { givenName }),
    ...(familyName === undefined ? {} : { familyName }),
    fullName,
    ...(birthDate === undefined ? {} : { birthDate }),
    identifiers: recipient.identifiers.map(({ type, original }) => ({ type, value: original })),
    createdAt: recipient.createdAt.toISOString(),
    updatedAt: recipient.updatedAt.toISOString(),
  };
}

const createdRecipient = (recipient: Recipient) =>
  created(toView(recipient), `/v1/recipients/${recipient.id}`);

export function recipientRoutes(service: RecipientService): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.addSchema(RecipientInput);
    app.addSchema(RecipientView);

    app.post(
      '/v1/recipients',
      {
        schema: {
          operationId: 'createRecipient',
          summary: 'Register a learner',
          tags,
          headers: IdempotencyHeader,
          body: named<RecipientInput>('RecipientInput'),
          response: { 201: Type.Ref('Recipient'), ...refusals },
        },
      },
      async (request, reply) => {
        const once = onceOf(request, 'createRecipient', createdRecipient);
        const outcome = await service.create(callerOf(request), request.body, once);
        return sendOutcome(reply, outcome, createdRecipient);
      },
    );

    app.get(
      '/v1/recipients',
      {
        schema: {
          operationId: 'listRecipients',
          summary: 'List learners',
          tags,
          querystring: query(FeedQuery),
          response: { 200: pageSchema(Type.Ref('Recipient')), ...refusals },
        },
      },
      async (request, reply) => {
        const page = await service.list(callerOf(request), feedRequest(request.query));
        return sendPage(request, reply, page, toView);
      },
    );

    app.get(
      '/v1/recipients/:id',
      {
        schema: {
          operationId: 'getRecipient',
          summary: 'Read a learner',
          tags,
          params: Reference,
          response: { 200: Type.Ref('Recipient'), ...refusals },
        },
      },
      async (request, reply) => {
        const recipient = await service.get(callerOf(request), referenceOf(request.params.id));
        return sendResource(reply, toView(recipient), recipient.revision);
      },
    );

    app.put(
      '/v1/recipients/:id',
      {
        schema: {
          operationId: 'putRecipient',
          summary: 'Change a learner (If-Match), or register one under `ext:` and their externalId',
          tags,
          headers: IfMatchHeader,
          params: Reference,
          body: named<RecipientInput>('RecipientInput'),
          response: { 200: Type.Ref('Recipient'), 201: Type.Ref('Recipient'), ...refusals },
        },
      },
      async (request, reply) => {
        const { recipient, created: isNew } = await service.put(
          callerOf(request),
          referenceOf(request.params.id),
          request.body,
          () => requiredRevision(request),
        );
        if (isNew) reply.code(201).header('location', `/v1/recipients/${recipient.id}`);
        return sendResource(reply, toView(recipient), recipient.revision);
      },
    );
  };
}
