import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { issuerAddresses } from '../../core/address.ts';
import { CLASS_STATES } from '../../core/credential-class.ts';
import type { IssuerId } from '../../core/id.ts';
import { referenceOf } from '../../core/reference.ts';
import { oneOf } from '../../core/schema.ts';
import { callerOf } from '../../http/auth.ts';
import { named, refusals } from '../../http/openapi.ts';
import {
  created,
  entityTag,
  FeedQuery,
  feedRequest,
  IdempotencyHeader,
  IfMatchHeader,
  onceOf,
  pageSchema,
  query,
  Reference,
  requiredRevision,
  revisionOf,
  sendOutcome,
  sendPage,
  sendResource,
} from '../../http/resource.ts';
import { ClassBody, ClassInput, ClassView } from './schema.ts';
import type { CredentialClassService, StoredClass } from './service/index.ts';

const tags = ['credential classes'];

function toView(found: StoredClass, baseUrl: string) {
  const addresses = issuerAddresses(baseUrl, found.issuerId);
  const url = addresses.achievement(found.id);
  const { imageDigest } = found;
  return {
    id: found.id,
    ...(found.externalId === undefined ? {} : { externalId: found.externalId }),
    lineage: found.lineageId,
    version: found.version,
    state: found.state,
    ...(found.state === 'draft' ? {} : { url }),
    ...(imageDigest === undefined ? {} : { imageUrl: addresses.image(imageDigest) }),
    ...(found.supersedes === undefined ? {} : { supersedes: found.supersedes }),
    definition: found.body,
    createdAt: found.createdAt.toISOString(),
    updatedAt: found.updatedAt.toISOString(),
    ...(found.publishedAt === undefined ? {} : { publishedAt: found.publishedAt.toISOString() }),
    ...(found.retiredAt === undefined ? {} : { retiredAt: found.retiredAt.toISOString() }),
  };
}

const pathOf = (found: StoredClass) => `/v1/credential-classes/${found.id}`;

export function credentialClassRoutes(
  service: CredentialClassService,
  baseOf: (issuerId: IssuerId) => Promise<string>,
): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.addSchema(ClassBody);
    app.addSchema(ClassInput);
    app.addSchema(ClassView);
    const view = async (found: StoredClass) => toView(found, await baseOf(found.issuerId));

    app.post(
      '/v1/credential-classes',
      {
        schema: {
          operationId: 'createCredentialClass',
          summary: 'Describe a micro-credential, as a draft',
          tags,
          headers: IdempotencyHeader,
          body: named<ClassInput>('ClassInput'),
          response: { 201: Type.Ref('CredentialClass'), ...refusals },
        },
      },
      async (request, reply) => {
        const caller = callerOf(request);
        const base = caller.issuerId === undefined ? '' : await baseOf(caller.issuerId);
        const answer = (found: StoredClass) => created(toView(found, base), pathOf(found));
        const once = onceOf(request, 'createCredentialClass', answer);
        const outcome = await service.create(caller, request.body, once);
        return sendOutcome(reply, outcome, answer);
      },
    );

    app.get(
      '/v1/credential-classes',
      {
        schema: {
          operationId: 'listCredentialClasses',
          summary: 'List versions of credential classes',
          tags,
          querystring: query({ ...FeedQuery, state: Type.Optional(oneOf(CLASS_STATES)) }),
          response: { 200: pageSchema(Type.Ref('CredentialClass')), ...refusals },
        },
      },
      async (request, reply) => {
        const { state } = request.query;
        const caller = callerOf(request);
        const page = await service.list(caller, { ...feedRequest(request.query), state });
        const base = caller.issuerId === undefined ? '' : await baseOf(caller.issuerId);
        return sendPage(request, reply, page, (found) => toView(found, base));
      },
    );

    app.get(
      '/v1/credential-classes/:id',
      {
        schema: {
          operationId: 'getCredentialClass',
          summary: 'Read a version; by `ext:` the newest',
          tags,
          params: Reference,
          response: { 200: Type.Ref('CredentialClass'), ...refusals },
        },
      },
      async (request, reply) => {
        const found = await service.get(callerOf(request), referenceOf(request.params.id));
        return sendResource(reply, await view(found), found.revision);
      },
    );

    app.put(
      '/v1/credential-classes/:id',
      {
        schema: {
          operationId: 'putCredentialClass',
          summary: 'Change a draft (If-Match), or create one under `ext:` and its externalId',
          tags,
          headers: IfMatchHeader,
          params: Reference,
          body: named<ClassInput>('ClassInput'),
          response: {
            200: Type.Ref('CredentialClass'),
            201: Type.Ref('CredentialClass'),
            ...refusals,
          },
        },
      },
      async (request, reply) => {
        const { credentialClass: found, created: isNew } = await service.put(
          callerOf(request),
          referenceOf(request.params.id),
          request.body,
          () => requiredRevision(request),
        );
        if (isNew) reply.code(201).header('location', pathOf(found));
        return sendResource(reply, await view(found), found.revision);
      },
    );

    app.delete(
      '/v1/credential-classes/:id',
      {
        schema: {
          operationId: 'deleteCredentialClass',
          summary: 'Delete a draft',
          tags,
          headers: IfMatchHeader,
          params: Reference,
          response: { 204: Type.Null(), ...refusals },
        },
      },
      async (request, reply) => {
        const ref = referenceOf(request.params.id);
        await service.remove(callerOf(request), ref, revisionOf(request));
        return reply.code(204).send(null);
      },
    );

    app.post(
      '/v1/credential-classes/:id/revise',
      {
        schema: {
          operationId: 'reviseCredentialClass',
          summary: 'Open the next draft, which supersedes this version',
          tags,
          headers: Type.Object({ ...IdempotencyHeader.properties, ...IfMatchHeader.properties }),
          params: Reference,
          response: { 201: Type.Ref('CredentialClass'), ...refusals },
        },
      },
      async (request, reply) => {
        const caller = callerOf(request);
        const base = caller.issuerId === undefined ? '' : await baseOf(caller.issuerId);
        const answer = (found: StoredClass) => created(toView(found, base), pathOf(found));
        const once = onceOf(request, 'reviseCredentialClass', answer);
        const ref = referenceOf(request.params.id);
        const outcome = await service.revise(caller, ref, revisionOf(request), once);
        if (!outcome.replayed) reply.header('etag', entityTag(outcome.result.revision));
        return sendOutcome(reply, outcome, answer);
      },
    );

    const verbs = [
      ['publish', 'publishCredentialClass', 'Publish a draft: from now on it never changes'],
      ['retire', 'retireCredentialClass', 'Award this version no more'],
    ] as const;
    for (const [verb, operationId, summary] of verbs) {
      app.post(
        `/v1/credential-classes/:id/${verb}`,
        {
          schema: {
            operationId,
            summary,
            tags,
            headers: IfMatchHeader,
            params: Reference,
            response: { 200: Type.Ref('CredentialClass'), ...refusals },
          },
        },
        async (request, reply) => {
          const { id } = request.params as { id: string };
          const ref = referenceOf(id);
          const found = await service[verb](callerOf(request), ref, revisionOf(request));
          return sendResource(reply, await view(found), found.revision);
        },
      );
    }
  };
}
