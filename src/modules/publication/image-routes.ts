/** Pictures at their public addresses: bytes from strangers, sent so that no browser runs anything in them. */
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { refusals } from '../../http/openapi.ts';
import { matches } from './entity-tag.ts';
import type { PublicationService, PublicImage } from './service.ts';

const EXTENSIONS: Readonly<Record<string, string>> = {
  'image/png': 'png',
  'image/jpeg': 'jpg',
  'image/svg+xml': 'svg',
};

/** An address names its bytes, so what is there stays. An SVG opened by itself runs and loads nothing. */
const HEADERS = {
  'cache-control': 'public, max-age=31536000, immutable',
  'content-security-policy':
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox",
  'cross-origin-resource-policy': 'cross-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
};

export function publicImageRoutes(
  service: Pick<PublicationService, 'image'>,
): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.get(
      '/issuers/:issuer/images/:image',
      {
        config: { public: true },
        schema: {
          operationId: 'publicImage',
          summary: 'A picture of an issuer or a class',
          tags: ['public addresses'],
          params: Type.Object({
            issuer: Type.String({ maxLength: 100 }),
            image: Type.String({ maxLength: 200 }),
          }),
          response: {
            200: {
              description: 'The exact bytes',
              content: Object.fromEntries(
                Object.keys(EXTENSIONS).map((type) => [type, { schema: Type.Any() }]),
              ),
            },
            304: Type.Null({ description: 'Unchanged since the version named in If-None-Match' }),
            ...refusals,
          },
        },
      },
      async (request, reply) => {
        const { issuer, image } = request.params;
        return sendImage(request, reply, await service.image(issuer, image));
      },
    );
  };
}

function sendImage(
  request: FastifyRequest,
  reply: FastifyReply,
  { body, digest, mediaType }: PublicImage,
): FastifyReply {
  const tag = `"${digest}"`;
  reply.headers({ ...HEADERS, etag: tag });
  if (matches(request.headers['if-none-match'], tag)) return reply.code(304).send();
  const name = `image-${digest}.${EXTENSIONS[mediaType] ?? 'bin'}`;
  return reply
    .header('content-disposition', `inline; filename="${name}"`)
    .type(mediaType)
    .send(Buffer.from(body));
}
