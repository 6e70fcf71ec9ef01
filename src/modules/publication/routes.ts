/**
 * Public addresses. Programs get the bytes that were stored; nothing is built, signed or dropped on the way out.
 * A person at a browser gets a page at the address of an issuer, an achievement or a credential.
 */
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { wantsPage } from '../../http/page.ts';
import { achievementPage } from '../../pages/achievement/page.ts';
import { issuerPage } from '../../pages/issuer/page.ts';
import { send } from './answer.ts';
import { assetRoutes } from './assets.ts';
import { credentialRoutes } from './credential-routes.ts';
import { publicImageRoutes } from './image-routes.ts';
import { pageRequest, sendPage } from './page.ts';
import { documentSchema, named, OfIssuer, PAGE, PageQuery } from './schema.ts';
import type { PublicationService } from './service.ts';

const config = { public: true };

/** Changes with the keys of the issuer: what a new key signs is refused by whoever still has the old list. */
const MINUTE = 'public, max-age=60';

const READABLE_BY_PAGES = {
  'access-control-allow-origin': '*',
  'access-control-expose-headers': 'ETag, Link',
};

const IssuerPageQuery = Type.Object({
  ...PageQuery.properties,
  cursor: Type.Optional(
    Type.String({ maxLength: 500, description: 'Of the page: where its list goes on.' }),
  ),
});

export function publicationRoutes(service: PublicationService): FastifyPluginAsyncTypebox {
  return async (app) => {
    // Refusals too: a page that asks must be able to read why.
    app.addHook('onRequest', async (_request, reply) => {
      reply.headers(READABLE_BY_PAGES);
    });

    await app.register(assetRoutes);

    app.options('/issuers/*', { config, schema: { hide: true } }, async (_request, reply) =>
      reply
        .headers({
          'access-control-allow-methods': 'GET, HEAD, OPTIONS',
          'access-control-allow-headers': 'Accept, If-None-Match',
          'access-control-max-age': '86400',
        })
        .code(204)
        .send(),
    );

    await app.register(publicImageRoutes(service));

    app.get(
      '/issuers/:issuer',
      {
        config,
        schema: {
          ...documentSchema('publicIssuer', 'Profile of an issuer', 'application/ld+json', PAGE),
          params: OfIssuer,
          querystring: IssuerPageQuery,
        },
      },
      async (request, reply) => {
        reply.header('vary', 'Accept');
        if (wantsPage(request)) {
          const view = await service.show.issuer(request.params.issuer, request.query.cursor);
          const html = issuerPage(view, pageRequest(request, view.issuer.baseUrl));
          return sendPage(request, reply, html, MINUTE);
        }
        const document = await service.profile(request.params.issuer);
        return send(request, reply, document, 'application/ld+json', MINUTE);
      },
    );

    app.get(
      '/issuers/:issuer/did.json',
      {
        config,
        schema: {
          ...documentSchema('publicDidDocument', 'DID document', 'application/did+json'),
          params: OfIssuer,
        },
      },
      async (request, reply) => {
        const document = await service.didDocument(request.params.issuer);
        return send(request, reply, document, 'application/did+json', MINUTE);
      },
    );

    app.get(
      '/issuers/:issuer/jwks.json',
      {
        config,
        schema: {
          ...documentSchema('publicJwks', 'JWT keys as a set', 'application/jwk-set+json'),
          params: OfIssuer,
        },
      },
      async (request, reply) => {
        const document = await service.jwks(request.params.issuer);
        return send(request, reply, document, 'application/jwk-set+json', MINUTE);
      },
    );

    app.get(
      '/issuers/:issuer/keys/:kid',
      {
        config,
        schema: {
          ...documentSchema('publicKey', 'One JWT key as a bare JWK', 'application/jwk+json'),
          params: named('kid'),
        },
      },
      async (request, reply) => {
        const { issuer, kid } = request.params as { issuer: string; kid: string };
        const document = await service.key(issuer, kid);
        return send(request, reply, document, 'application/jwk+json', MINUTE);
      },
    );

    app.get(
      '/issuers/:issuer/achievements/:achievement',
      {
        config,
        schema: {
          ...documentSchema(
            'publicAchievement',
            'One published version of a credential class',
            'application/ld+json',
            PAGE,
          ),
          params: named('achievement'),
          querystring: PageQuery,
        },
      },
      async (request, reply) => {
        const { issuer, achievement } = request.params as { issuer: string; achievement: string };
        reply.header('vary', 'Accept');
        if (wantsPage(request)) {
          const view = await service.show.achievement(issuer, achievement);
          const html = achievementPage(view, pageRequest(request, view.issuer.baseUrl));
          return sendPage(request, reply, html, MINUTE);
        }
        const document = await service.achievement(issuer, achievement);
        return send(request, reply, document, 'application/ld+json', MINUTE);
      },
    );

    app.get(
      '/issuers/:issuer/status/:list',
      {
        config,
        schema: {
          ...documentSchema('publicStatusList', 'Status list', 'application/vc+ld+json'),
          params: named('list'),
        },
      },
      async (request, reply) => {
        const { issuer, list } = request.params as { issuer: string; list: string };
        const document = await service.statusList(issuer, list);
        return send(request, reply, document, 'application/vc+ld+json', MINUTE);
      },
    );

    await app.register(credentialRoutes(service));
  };
}
