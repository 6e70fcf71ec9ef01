/** The address of a credential: its signed forms to programs, a page to a person. */
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Static, Type } from 'typebox';
import { AppError } from '../../core/errors.ts';
import type { Format } from '../../core/issuer.ts';
import { wantsPage } from '../../http/page.ts';
import { credentialPage } from '../../pages/credential/page.ts';
import { send } from './answer.ts';
import { representationFor } from './negotiation.ts';
import { pageRequest, sendPage } from './page.ts';
import { documentSchema, named, PAGE, PageQuery } from './schema.ts';
import type { PublicationService } from './service.ts';

/** Names a person: kept by the reader's own cache, never by a shared one. */
const PERSONAL = 'private, max-age=300';
/** Shown to whoever has a link: kept nowhere, or it would outlive the link. */
const SHARED = 'private, no-store';
/** Its state is said in the page, and may have changed a moment ago. */
const PERSONAL_NOW = 'private, no-cache';

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

export function credentialRoutes(service: PublicationService): FastifyPluginAsyncTypebox {
  return async (app) => {
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
        config: { public: true },
        schema: {
          ...documentSchema(
            'publicCredential',
            'A credential: JSON-LD, or by Accept or suffix (.json, .jwt) the form asked for',
            'application/vc+ld+json',
            PAGE,
          ),
          params: named('credential'),
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
