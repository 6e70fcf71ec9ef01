/**
 * Public addresses. Programs get the bytes that were stored; nothing is built, signed or dropped on the way out.
 * A person at a browser gets a page at the address of an issuer, an achievement or a credential.
 */
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Static, Type } from 'typebox';
import { AppError } from '../../core/errors.ts';
import type { Format } from '../../core/issuer.ts';
import { refusals } from '../../http/openapi.ts';
import { wantsPage } from '../../http/page.ts';
import { achievementPage } from '../../pages/achievement/page.ts';
import { credentialPage } from '../../pages/credential/page.ts';
import { issuerPage } from '../../pages/issuer/page.ts';
import { send } from './answer.ts';
import { assetRoutes } from './assets.ts';
import { publicImageRoutes } from './image-routes.ts';
import { representationFor } from './negotiation.ts';
import { pageRequest, sendPage } from './page.ts';
import type { PublicationService } from './service.ts';

const tags = ['public addresses'];
const config = { public: true };

/** Changes with the keys of the issuer: what a new key signs is refused by whoever still has the old list. */
const MINUTE = 'public, max-age=60';
/** Names a person: kept by the reader's own cache, never by a shared one. */
const PERSONAL = 'private, max-age=300';
/** Shown to whoever has a link: kept nowhere, or it would outlive the link. */
const SHARED = 'private, no-store';
/** Its state is said in the page, and may have changed a moment ago. */
const PERSONAL_NOW = 'private, no-cache';

const READABLE_BY_PAGES = {
  'access-control-allow-origin': '*',
  'access-control-expose-headers': 'ETag, Link',
};

/** What a browser gets, which names `application/xhtml+xml` and no form of JSON. */
const PAGE = { 'text/html': { schema: Type.String() } };
const PageQuery = Type.Object({
  lang: Type.Optional(
    Type.String({
      maxLength: 20,
      description: 'Of the page: fr, nl, de or en; else by Accept-Language.',
    }),
  ),
});
const CredentialQuery = Type.Object({
  ...PageQuery.properties,
  // Whatever it is, one that shows nothing is answered like none.
  token: Type.Optional(
    Type.Unsafe<unknown>({
      description: 'Of a link, where the credential is not public.',
      examples: ['0123456789abcdefghjkmnpqrstvwxyz'],
    }),
  ),
});
const IssuerPageQuery = Type.Object({
  ...PageQuery.properties,
  cursor: Type.Optional(
    Type.String({ maxLength: 500, description: 'Of the page: where its list goes on.' }),
  ),
});

const Issuer = Type.Object({ issuer: Type.String({ maxLength: 100 }) });
const Named = (name: string) =>
  Type.Object({ issuer: Type.String({ maxLength: 100 }), [name]: Type.String({ maxLength: 200 }) });

const documentSchema = (
  operationId: string,
  summary: string,
  mediaType: string,
  page: Record<string, unknown> = {},
) => ({
  operationId,
  summary,
  tags,
  response: {
    200: {
      description: 'The exact bytes',
      content: { [mediaType]: { schema: Type.Any() }, ...page },
    },
    304: Type.Null({ description: 'Unchanged since the version named in If-None-Match' }),
    ...refusals,
  },
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
          params: Issuer,
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
          params: Issuer,
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
          params: Issuer,
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
          params: Named('kid'),
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
          params: Named('achievement'),
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
          params: Named('list'),
        },
      },
      async (request, reply) => {
        const { issuer, list } = request.params as { issuer: string; list: string };
        const document = await service.statusList(issuer, list);
        return send(request, reply, document, 'application/vc+ld+json', MINUTE);
      },
    );

    async function sendCredentialPage(
      request: FastifyRequest,
      reply: FastifyReply,
      issuer: string,
      credential: string,
    ): Promise<FastifyReply> {
      const view = await service.show.credential(issuer, credential, tokenOf(request));
      const html = credentialPage(view, pageRequest(request, view.issuer.baseUrl));
      return sendPage(request, reply, html, view.token === undefined ? PERSONAL_NOW : SHARED);
    }

    async function sendCredential(
      request: FastifyRequest,
      reply: FastifyReply,
      { format, mediaType }: { format: Format; mediaType: string },
    ): Promise<FastifyReply> {
      const { issuer, credential } = request.params as { issuer: string; credential: string };
      const found = await service.credential({
        issuerId: issuer,
        assertionId: credential.replace(SUFFIX, ''),
        format,
        token: tokenOf(request),
      });
      if (found.successor !== undefined) {
        reply.header('link', `<${found.successor}>; rel="successor-version"`);
      }
      const caching = found.visibility === 'link' ? SHARED : PERSONAL;
      return send(request, reply, found, mediaType, caching);
    }

    app.get(
      '/issuers/:issuer/credentials/:credential',
      {
        config,
        schema: {
          ...documentSchema(
            'publicCredential',
            'A credential: JSON-LD, or by Accept or suffix (.json, .jwt) the form asked for',
            'application/vc+ld+json',
            PAGE,
          ),
          params: Named('credential'),
          querystring: CredentialQuery,
        },
      },
      async (request, reply) => {
        const { issuer, credential } = request.params as { issuer: string; credential: string };
        const suffix = SUFFIX.exec(credential)?.[1];
        reply.headers({ vary: 'Accept', 'x-robots-tag': 'noindex' });
        if (suffix === undefined && wantsPage(request)) {
          return sendCredentialPage(request, reply, issuer, credential);
        }
        const representation =
          suffix === undefined ? representationFor(request.headers) : BY_SUFFIX[suffix];
        if (representation === undefined) throw notAcceptable();
        return sendCredential(request, reply, representation);
      },
    );
  };
}

function tokenOf({ query }: FastifyRequest): unknown {
  return (query as Static<typeof CredentialQuery>).token;
}

const SUFFIX = /\.(json|jwt)$/;
const BY_SUFFIX: Readonly<Record<string, { format: Format; mediaType: string }>> = {
  json: { format: 'ob3', mediaType: 'application/vc+ld+json' },
  jwt: { format: 'ob3-jwt', mediaType: 'application/vc+jwt' },
};

function notAcceptable(): AppError {
  return new AppError(
    'not-acceptable',
    'not-acceptable',
    'The credential is there as JSON-LD (application/vc+ld+json) and, where made, as VC-JWT (application/vc+jwt).',
  );
}
