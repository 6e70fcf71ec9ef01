import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { dateTime } from '../../core/schema.ts';
import { callerOf } from '../../http/auth.ts';
import { refusals } from '../../http/openapi.ts';
import { PageQuery, pageSchema, query, sendPage } from '../../http/resource.ts';
import type { AuditEvent, AuditEventService } from './service.ts';

const AuditEventView = Type.Object(
  {
    at: Type.String(),
    action: Type.String({ description: '`noun.verb`, for example `assertion.issue`.' }),
    client: Type.String(),
    actor: Type.Optional(Type.String({ description: 'As named in the Actor header.' })),
    requestId: Type.Optional(Type.String()),
    resource: Type.Object({ type: Type.String(), id: Type.String() }),
    data: Type.Record(Type.String(), Type.Unknown()),
  },
  { $id: 'AuditEvent' },
);

function toView(event: AuditEvent) {
  return {
    at: event.at.toISOString(),
    action: event.action,
    client: event.clientId,
    ...(event.actor === null ? {} : { actor: event.actor }),
    ...(event.requestId === null ? {} : { requestId: event.requestId }),
    resource: { type: event.resourceType, id: event.resourceId },
    data: event.data,
  };
}

export function auditEventRoutes(service: AuditEventService): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.addSchema(AuditEventView);
    app.get(
      '/v1/audit-events',
      {
        schema: {
          operationId: 'listAuditEvents',
          summary: 'List what was done, by whom, in the order it was committed',
          tags: ['audit events'],
          querystring: query({
            ...PageQuery,
            resourceType: Type.Optional(Type.String({ maxLength: 60 })),
            resourceId: Type.Optional(Type.String({ maxLength: 60 })),
            since: Type.Optional(dateTime()),
          }),
          response: { 200: pageSchema(Type.Ref('AuditEvent')), ...refusals },
        },
      },
      async (request, reply) => {
        const { limit, cursor, resourceType, resourceId, since } = request.query;
        const page = await service.list(callerOf(request), {
          limit,
          cursor,
          feed: true,
          resourceType,
          resourceId,
          since: since === undefined ? undefined : new Date(since),
        });
        return sendPage(request, reply, page, toView);
      },
    );
  };
}
