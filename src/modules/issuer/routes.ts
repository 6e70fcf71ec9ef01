import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { addressesOf } from '../../core/issuer.ts';
import { referenceOf } from '../../core/reference.ts';
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
  sendOutcome,
  sendPage,
  sendResource,
} from '../../http/resource.ts';
import { IssuerBody, IssuerInput, IssuerView } from './schema.ts';
import type { IssuerService, StoredIssuer } from './service.ts';

const tags = ['issuers'];

function toView(issuer: StoredIssuer) {
  const addresses = addressesOf(issuer);
  return {
    id: issuer.id,
    ...(issuer.externalId === undefined ? {} : { externalId: issuer.externalId }),
    did: addresses.did,
    url: addresses.profile,
    baseUrl: issuer.baseUrl,
    kind: issuer.kind,
    ...(issuer.mayAwardEcts === undefined ? {} : { mayAwardEcts: issuer.mayAwardEcts }),
    test: issuer.test,
    jwtAlgorithm: issuer.jwtAlgorithm,
    defaultFormats: issuer.defaultFormats,
    visibility: issuer.visibility,
    version: issuer.version,
    profile: issuer.body,
    createdAt: issuer.createdAt.toISOString(),
    updatedAt: issuer.updatedAt.toISOString(),
  };
}

const createdIssuer = (issuer: StoredIssuer) => created(toView(issuer), `/v1/issuers/${issuer.id}`);

export function issuerRoutes(service: IssuerService): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.addSchema(IssuerBody);
    app.addSchema(IssuerInput);
    app.addSchema(IssuerView);

    app.post(
      '/v1/issuers',
      {
        schema: {
          operationId: 'createIssuer',
          summary: 'Register an issuer, with its signing keys (platform)',
          tags,
          headers: IdempotencyHeader,
          body: named<IssuerInput>('IssuerInput'),
          response: { 201: Type.Ref('Issuer'), ...refusals },
        },
      },
      async (request, reply) => {
        const once = onceOf(request, 'createIssuer', createdIssuer);
        const outcome = await service.create(callerOf(request), request.body, once);
        return sendOutcome(reply, outcome, createdIssuer);
      },
    );

    app.get(
      '/v1/issuers',
      {
        schema: {
          operationId: 'listIssuers',
          summary: 'List issuers: all to the platform, its own to a client',
          tags,
          querystring: query(FeedQuery),
          response: { 200: pageSchema(Type.Ref('Issuer')), ...refusals },
        },
      },
      async (request, reply) => {
        const page = await service.list(callerOf(request), feedRequest(request.query));
        return sendPage(request, reply, page, toView);
      },
    );

    app.get(
      '/v1/issuers/:id',
      {
        schema: {
          operationId: 'getIssuer',
          summary: 'Read an issuer',
          tags,
          params: Reference,
          response: { 200: Type.Ref('Issuer'), ...refusals },
        },
      },
      async (request, reply) => {
        const issuer = await service.get(callerOf(request), referenceOf(request.params.id));
        return sendResource(reply, toView(issuer), issuer.revision);
      },
    );

    app.put(
      '/v1/issuers/:id',
      {
        schema: {
          operationId: 'putIssuer',
          summary: 'Change an issuer (If-Match), or register it under `ext:` and its externalId',
          tags,
          headers: IfMatchHeader,
          params: Reference,
          body: named<IssuerInput>('IssuerInput'),
          response: { 200: Type.Ref('Issuer'), 201: Type.Ref('Issuer'), ...refusals },
        },
      },
      async (request, reply) => {
        const { issuer, created: isNew } = await service.put(
          callerOf(request),
          referenceOf(request.params.id),
          request.body,
          () => requiredRevision(request),
        );
        if (isNew) reply.code(201).header('location', `/v1/issuers/${issuer.id}`);
        return sendResource(
          reply.header('etag', entityTag(issuer.revision)),
          toView(issuer),
          undefined,
        );
      },
    );
  };
}
