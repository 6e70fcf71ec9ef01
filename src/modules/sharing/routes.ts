import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import type { StoredAnswer } from '../../core/idempotency.ts';
import { referenceOf } from '../../core/reference.ts';
import { callerOf } from '../../http/auth.ts';
import { named, refusals } from '../../http/openapi.ts';
import {
  created,
  IdempotencyHeader,
  onceOf,
  PageQuery,
  pageSchema,
  query,
  Reference,
  sendOutcome,
  sendPage,
  sendResource,
} from '../../http/resource.ts';
import { LinkView, NewLink, VisibilityChange, VisibilityView } from './schema.ts';
import type { MadeLink, ShareLink, SharingService } from './service.ts';

const tags = ['assertions'];

function toView(link: ShareLink) {
  return {
    id: link.id,
    ...(link.label === undefined ? {} : { label: link.label }),
    createdAt: link.createdAt.toISOString(),
    ...(link.expiresAt === undefined ? {} : { expiresAt: link.expiresAt.toISOString() }),
    ...(link.revokedAt === undefined ? {} : { revokedAt: link.revokedAt.toISOString() }),
  };
}

const location = ({ assertionId }: MadeLink) => `/v1/assertions/${assertionId}/links`;
const withUrl = (made: MadeLink): StoredAnswer =>
  created({ ...toView(made.link), url: made.url }, location(made));
/** What a repeated request is told: everything but the token, which is nowhere kept. */
const withoutUrl = (made: MadeLink): StoredAnswer => created(toView(made.link), location(made));

export function sharingRoutes(service: SharingService): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.addSchema(VisibilityChange);
    app.addSchema(VisibilityView);
    app.addSchema(NewLink);
    app.addSchema(LinkView);

    app.get(
      '/v1/assertions/:id/visibility',
      {
        schema: {
          operationId: 'getVisibility',
          summary: 'Who is shown the credential of an award',
          tags,
          params: Reference,
          response: { 200: Type.Ref('Visibility'), ...refusals },
        },
      },
      async (request, reply) => {
        const shown = await service.visibility(callerOf(request), referenceOf(request.params.id));
        return sendResource(reply, shown, undefined);
      },
    );

    app.put(
      '/v1/assertions/:id/visibility',
      {
        schema: {
          operationId: 'putVisibility',
          summary: 'Say who is shown the credential of an award',
          description:
            'Under `link` the address of the credential answers whoever comes without a token as if it were absent. Its status list stays public, and so does every copy made before.',
          tags,
          params: Reference,
          body: named<VisibilityChange>('VisibilityChange'),
          response: { 200: Type.Ref('Visibility'), ...refusals },
        },
      },
      async (request, reply) => {
        const ref = referenceOf(request.params.id);
        const { visibility } = request.body;
        const shown = await service.setVisibility(callerOf(request), ref, visibility);
        return sendResource(reply, shown, undefined);
      },
    );

    app.post(
      '/v1/assertions/:id/links',
      {
        schema: {
          operationId: 'createLink',
          summary: 'Make a link that shows the credential of an award',
          description:
            'The link carries a token, shown in this answer and never again. A repeated request is answered without it.',
          tags,
          headers: IdempotencyHeader,
          params: Reference,
          body: named<NewLink>('NewLink'),
          response: { 201: Type.Ref('ShareLink'), ...refusals },
        },
      },
      async (request, reply) => {
        const once = onceOf(request, 'createLink', withoutUrl);
        const ref = referenceOf(request.params.id);
        const made = await service.createLink(callerOf(request), ref, request.body, once);
        return sendOutcome(reply, made, withUrl);
      },
    );

    app.get(
      '/v1/assertions/:id/links',
      {
        schema: {
          operationId: 'listLinks',
          summary: 'List the links of an award, ended ones too',
          tags,
          params: Reference,
          querystring: query(PageQuery),
          response: { 200: pageSchema(Type.Ref('ShareLink')), ...refusals },
        },
      },
      async (request, reply) => {
        const { limit, cursor } = request.query;
        const ref = referenceOf(request.params.id);
        const page = await service.listLinks(callerOf(request), ref, { limit, cursor });
        return sendPage(request, reply, page, toView);
      },
    );

    app.delete(
      '/v1/assertions/:id/links/:linkId',
      {
        schema: {
          operationId: 'revokeLink',
          summary: 'End a link',
          tags,
          params: Type.Object({
            ...Reference.properties,
            linkId: Type.String({ maxLength: 60 }),
          }),
          response: { 204: Type.Null(), ...refusals },
        },
      },
      async (request, reply) => {
        const { id, linkId } = request.params;
        await service.revokeLink(callerOf(request), referenceOf(id), linkId);
        return reply.code(204).send(null);
      },
    );
  };
}
