/** The files that pages load, each at an address that names its content. */
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { notFound } from '../../core/errors.ts';
import { ASSETS } from '../../pages/asset.ts';

const FOR_EVER = 'public, max-age=31536000, immutable';

export const assetRoutes: FastifyPluginAsyncTypebox = async (app) => {
  app.get(
    '/assets/:name',
    {
      config: { public: true },
      schema: { hide: true, params: Type.Object({ name: Type.String({ maxLength: 100 }) }) },
    },
    async (request, reply) => {
      const found = ASSETS.find(({ name }) => name === request.params.name);
      if (found === undefined) throw notFound('asset');
      return reply
        .headers({
          'cache-control': FOR_EVER,
          'content-security-policy': "default-src 'none'; sandbox",
          'cross-origin-resource-policy': 'same-origin',
          'x-content-type-options': 'nosniff',
        })
        .type(found.mediaType)
        .serializer((body: unknown) => String(body))
        .send(found.body);
    },
  );
};
