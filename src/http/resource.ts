/** What the management routes share: idempotency keys, entity tags, paging, and how results are answered. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type TProperties, type TSchema, Type } from 'typebox';
import { canonicalJson } from '../core/canonical-json.ts';
import { sha256Hex } from '../core/digest.ts';
import { AppError, resourceChanged } from '../core/errors.ts';
import type { Once, Outcome, StoredAnswer } from '../core/idempotency.ts';
import type { Page } from '../core/page.ts';
import { dateTime } from '../core/schema.ts';

/** A path parameter that names a resource: its id, or `ext:` and the caller's own id of it. */
export const Reference = Type.Object({
  id: Type.String({
    minLength: 1,
    maxLength: 300,
    pattern: '^(ext:[!-~]([ -~]{0,198}[!-~])?|(?!ext:).+)$',
    description: 'The id, or `ext:` followed by the externalId.',
  }),
});

export const IdempotencyHeader = Type.Object({
  'idempotency-key': Type.Optional(
    Type.String({
      pattern: '^[!-~]{1,255}$',
      description: 'The same key and body get the first answer again, for 30 days.',
    }),
  ),
});

export const IfMatchHeader = Type.Object({
  'if-match': Type.Optional(
    Type.String({ description: 'ETag of the version the act is based on; another one gets 412.' }),
  ),
});

/** The once-only request behind an `Idempotency-Key`, or undefined without one. */
export function onceOf<Result>(
  request: FastifyRequest,
  route: string,
  answer: (result: Result) => StoredAnswer,
): Once<Result> | undefined {
  const key = request.headers['idempotency-key'];
  if (typeof key !== 'string') return undefined;
  const said = { params: request.params, body: request.body ?? null };
  return { route, key, fingerprint: sha256Hex(canonicalJson(said)), answer };
}

/** A created resource as an answer. */
export function created(view: unknown, location: string): StoredAnswer {
  return { status: 201, body: JSON.stringify(view), location };
}

/** Sends what came of a once-only request; a replay is byte for byte the first answer. */
export function sendOutcome<Result>(
  reply: FastifyReply,
  outcome: Outcome<Result>,
  answer: (result: Result) => StoredAnswer,
): FastifyReply {
  const stored = outcome.replayed ? outcome.answer : answer(outcome.result);
  if (outcome.replayed) reply.header('idempotent-replayed', 'true');
  if (stored.location !== undefined) reply.header('location', stored.location);
  return reply
    .code(stored.status)
    .header('cache-control', 'no-store')
    .type('application/json; charset=utf-8')
    .serializer((body: unknown) => String(body))
    .send(stored.body);
}

/** Entity tag of a resource at a revision. */
export function entityTag(revision: number): string {
  return `"${revision}"`;
}

export function sendResource(
  reply: FastifyReply,
  view: unknown,
  revision: number | undefined,
): FastifyReply {
  if (revision !== undefined) reply.header('etag', entityTag(revision));
  return reply.header('cache-control', 'no-store').send(view);
}

/** The revision the caller last saw, from `If-Match`; a change without one is refused, so that none is lost. */
export function requiredRevision(request: FastifyRequest): number {
  const revision = revisionOf(request);
  if (revision === undefined) {
    throw new AppError(
      'precondition-required',
      'if-match-required',
      'A change names the version it is based on in If-Match.',
      { errors: [{ pointer: 'If-Match', code: 'header-missing', message: 'It is missing.' }] },
    );
  }
  return revision;
}

/** The revision in `If-Match`, where there is one. */
export function revisionOf(request: FastifyRequest): number | undefined {
  const tag = request.headers['if-match'];
  if (tag === undefined) return undefined;
  if (tag.trim() === '*') return undefined;
  const match = /^"(\d{1,9})"$/.exec(tag);
  if (match === null) throw resourceChanged();
  return Number(match[1]);
}

/** The query of a route: a parameter it does not know is a mistake of the caller's, and told. */
export function query<Properties extends TProperties>(properties: Properties) {
  return Type.Object(properties, { additionalProperties: false });
}

export const PageQuery = {
  limit: Type.Integer({ minimum: 1, maximum: 200, default: 50 }),
  cursor: Type.Optional(Type.String({ maxLength: 500 })),
};

/** A list that is also a feed of changes. */
export const FeedQuery = {
  ...PageQuery,
  updatedSince: Type.Optional(
    dateTime({ description: 'Only what changed since; the order is that of the changes.' }),
  ),
};

export function feedRequest(query: {
  limit: number;
  cursor?: string | undefined;
  updatedSince?: string | undefined;
}) {
  return {
    limit: query.limit,
    cursor: query.cursor,
    updatedSince: query.updatedSince === undefined ? undefined : new Date(query.updatedSince),
    feed: query.updatedSince !== undefined,
  };
}

/** A page as it is sent. */
export function pageSchema<Item extends TSchema>(item: Item) {
  return Type.Object({
    items: Type.Array(item),
    next: Type.Optional(
      Type.String({ description: 'Cursor of the next page; absent at the end.' }),
    ),
    resume: Type.Optional(
      Type.String({
        description:
          'Of a feed: the cursor with which to ask again later for what came after (with the same updatedSince).',
      }),
    ),
  });
}

/** Names the next page in `Link` (RFC 8288). */
export function linkNext(
  request: FastifyRequest,
  reply: FastifyReply,
  next: string | undefined,
): void {
  if (next === undefined) return;
  const [path, query] = request.url.split('?');
  const parameters = new URLSearchParams(query);
  parameters.set('cursor', next);
  reply.header('link', `<${path}?${parameters}>; rel="next"`);
}

export function sendPage<Item>(
  request: FastifyRequest,
  reply: FastifyReply,
  page: Page<Item>,
  toView: (item: Item) => unknown,
): FastifyReply {
  linkNext(request, reply, page.next);
  return reply.header('cache-control', 'no-store').send({
    items: page.items.map(toView),
    ...(page.next === undefined ? {} : { next: page.next }),
    ...(page.resume === undefined ? {} : { resume: page.resume }),
  });
}
