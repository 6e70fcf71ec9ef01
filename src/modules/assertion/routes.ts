import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { stringify } from 'csv-stringify/sync';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { ASSERTION_STATES } from '../../core/assertion.ts';
import type { IssuerId } from '../../core/id.ts';
import type { Page } from '../../core/page.ts';
import { referenceOf } from '../../core/reference.ts';
import { oneOf } from '../../core/schema.ts';
import { callerOf } from '../../http/auth.ts';
import { named, refusals } from '../../http/openapi.ts';
import {
  FeedQuery,
  feedRequest,
  IdempotencyHeader,
  IfMatchHeader,
  linkNext,
  onceOf,
  pageSchema,
  query,
  Reference,
  revisionOf,
  sendOutcome,
  sendPage,
  sendResource,
} from '../../http/resource.ts';
import { STATUS_ACTS } from './policy.ts';
import { AssertionInput, AssertionView, ReissueInput, StatusChange } from './schema.ts';
import type { AssertionService, StoredAssertion } from './service/index.ts';
import type { IssueOutcome } from './service/needs.ts';
import { toView } from './view.ts';

const tags = ['assertions'];

const SUMMARIES = {
  revoke: 'Revoke an award, for good',
  suspend: 'Suspend an award whose class chose suspension at publication',
  reinstate: 'Reinstate a suspended award',
};

export function assertionRoutes(
  service: AssertionService,
  baseOf: (issuerId: IssuerId) => Promise<string>,
): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.addSchema(AssertionInput);
    app.addSchema(ReissueInput);
    app.addSchema(StatusChange);
    app.addSchema(AssertionView);

    app.post(
      '/v1/assertions',
      {
        schema: {
          operationId: 'issueAssertion',
          summary: 'Award a credential class to a learner and sign it',
          description:
            'At most one current award per class, learner and period: another is refused with `award-exists` and a Location. Identifiers find the learner in a fixed order of trust; e-mail alone never merges two people.',
          tags,
          headers: IdempotencyHeader,
          body: named<AssertionInput>('AssertionInput'),
          response: { 201: Type.Ref('Assertion'), ...refusals },
        },
      },
      async (request, reply) => {
        const key = onceOf(request, 'issueAssertion', unused);
        return sendIssued(reply, await service.issue(callerOf(request), request.body, key));
      },
    );

    app.get(
      '/v1/assertions',
      {
        schema: {
          operationId: 'listAssertions',
          summary: 'List awards, as JSON or (Accept: text/csv) as a table',
          tags,
          querystring: query({
            ...FeedQuery,
            state: Type.Optional(oneOf(ASSERTION_STATES)),
            credentialClass: Type.Optional(Type.String({ maxLength: 60 })),
            recipient: Type.Optional(Type.String({ maxLength: 60 })),
          }),
          response: {
            200: {
              description: 'One page',
              content: {
                'application/json': { schema: pageSchema(Type.Ref('Assertion')) },
                'text/csv': { schema: Type.String() },
              },
            },
            ...refusals,
          },
        },
      },
      async (request, reply) => {
        const { state, credentialClass, recipient } = request.query;
        const caller = callerOf(request);
        const page = await service.list(caller, {
          ...feedRequest(request.query),
          state,
          classId: credentialClass,
          recipientId: recipient,
        });
        const base = caller.issuerId === undefined ? '' : await baseOf(caller.issuerId);
        reply.header('vary', 'Accept');
        if (wantsCsv(request)) return sendCsv(request, reply, page, base);
        return sendPage(request, reply, page, (found) => toView(found, base));
      },
    );

    app.get(
      '/v1/assertions/:id',
      {
        schema: {
          operationId: 'getAssertion',
          summary: 'Read an award and where its signed forms are',
          tags,
          params: Reference,
          response: { 200: Type.Ref('Assertion'), ...refusals },
        },
      },
      async (request, reply) => {
        const found = await service.get(callerOf(request), referenceOf(request.params.id));
        return sendResource(reply, toView(found, await baseOf(found.issuerId)), found.revision);
      },
    );

    app.post(
      '/v1/assertions/:id/reissue',
      {
        schema: {
          operationId: 'reissueAssertion',
          summary: 'Correct an award by a new one that supersedes it',
          tags,
          headers: IdempotencyHeader,
          params: Reference,
          body: named<ReissueInput>('ReissueInput'),
          response: { 201: Type.Ref('Assertion'), ...refusals },
        },
      },
      async (request, reply) => {
        const key = onceOf(request, 'reissueAssertion', unused);
        const ref = referenceOf(request.params.id);
        return sendIssued(reply, await service.reissue(callerOf(request), ref, request.body, key));
      },
    );

    for (const act of STATUS_ACTS) {
      app.post(
        `/v1/assertions/:id/${act}`,
        {
          schema: {
            operationId: `${act}Assertion`,
            summary: SUMMARIES[act],
            tags,
            headers: IfMatchHeader,
            params: Reference,
            body: named<StatusChange>('StatusChange'),
            response: { 200: Type.Ref('Assertion'), ...refusals },
          },
        },
        async (request, reply) => {
          const { id } = request.params as { id: string };
          const { reason } = request.body as StatusChange;
          const change = { reason, revision: revisionOf(request) };
          const found = await service.changeStatus(callerOf(request), referenceOf(id), act, change);
          return sendResource(reply, toView(found, await baseOf(found.issuerId)), found.revision);
        },
      );
    }
  };
}

/** The answer of an issuance is kept by the step "publish" itself. */
function unused(): never {
  throw new Error('Answers of awards are made where they are published.');
}

function sendIssued(reply: FastifyReply, outcome: IssueOutcome): FastifyReply {
  return sendOutcome(
    reply,
    outcome.replayed
      ? { replayed: true, answer: outcome.answer }
      : { replayed: false, result: outcome.answer },
    (answer) => answer,
  );
}

function wantsCsv(request: FastifyRequest): boolean {
  return /^\s*text\/csv\b/.test(request.headers.accept ?? '');
}

const COLUMNS = [
  'id',
  'externalId',
  'state',
  'credentialClass',
  'recipient',
  'fullName',
  'period',
  'route',
  'awardedAt',
  'issuedAt',
  'supersedes',
  'supersededBy',
  'url',
];

/** One page as a table; the next one is named by `Link`, as for JSON. */
function sendCsv(
  request: FastifyRequest,
  reply: FastifyReply,
  page: Page<StoredAssertion>,
  base: string,
): FastifyReply {
  const rows = page.items.map((found) => {
    const view = toView(found, base);
    return {
      ...view,
      credentialClass: view.credentialClass.id,
      recipient: view.recipient.id,
      fullName: view.recipient.fullName,
      route: view.award.route,
      awardedAt: view.award.awardedAt,
    };
  });
  linkNext(request, reply, page.next);
  return (
    reply
      .type('text/csv; charset=utf-8')
      .header('cache-control', 'no-store')
      .serializer((body: unknown) => String(body))
      // A cell that begins like a formula would be run by a spreadsheet.
      .send(stringify(rows, { header: true, columns: COLUMNS, escape_formulas: true, bom: true }))
  );
}
