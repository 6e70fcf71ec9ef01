/** How public bytes are answered: as they are, with a tag that names them. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import { matches } from './entity-tag.ts';
import type { PublicDocument } from './service.ts';

export function send(
  request: FastifyRequest,
  reply: FastifyReply,
  document: PublicDocument,
  mediaType: string,
  caching: string,
): FastifyReply {
  const tag = `"${document.digest}"`;
  reply.headers({
    etag: tag,
    'cache-control': caching,
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
  });
  if (matches(request.headers['if-none-match'], tag)) return reply.code(304).send();
  return reply
    .type(mediaType)
    .serializer((body: unknown) => String(body))
    .send(document.body);
}
