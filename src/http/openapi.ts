import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import { Problem } from './problem.ts';

/** How every operation may refuse. */
export const refusals = {
  '4xx': {
    description: 'Refused',
    content: { 'application/problem+json': { schema: Type.Ref('Problem') } },
  },
  '5xx': {
    description: 'Failed on our side; retry later',
    content: { 'application/problem+json': { schema: Type.Ref('Problem') } },
  },
};

/** A body by the `$id` of its schema, so that the description names it instead of repeating it. */
export function named<Body>(id: string) {
  return Type.Unsafe<Body>(Type.Ref(id));
}

const DOCS = '/docs';

/** Describes the routes that are registered after it, and shows them at `/docs`. */
export async function registerOpenApi(app: FastifyInstance, version: string): Promise<void> {
  app.addSchema(Problem);
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Microcert',
        version,
        description:
          'Issues micro-credentials (Council Recommendation 2022/C 243/02) as Open Badges 3.0, hosts them and verifies them.',
        license: { name: 'EUPL-1.2', identifier: 'EUPL-1.2' },
      },
      components: {
        securitySchemes: {
          apiKey: {
            type: 'http',
            scheme: 'bearer',
            description:
              'An API key. A platform client names the issuer it acts for in the `Microcert-Issuer` header; any client may name the person behind a request in `Actor`.',
          },
        },
      },
      security: [{ apiKey: [] }],
    },
    refResolver: {
      buildLocalReference: (json, _base, _fragment, at) => String(json['$id'] ?? `def-${at}`),
    },
    transform: ({ schema, url, route }) => ({
      url,
      schema: route.config?.public === true ? { security: [], ...schema } : schema,
    }),
  });
  // The plugin lets nothing be said of its routes: the page is for everybody, like what it shows.
  app.addHook('onRoute', (route) => {
    if (route.url.startsWith(DOCS)) route.config = { ...route.config, public: true };
  });
  await app.register(swaggerUi, { routePrefix: DOCS, staticCSP: true });
  app.get(
    '/openapi.json',
    { config: { public: true }, schema: { hide: true } },
    async (_request, reply) => reply.header('access-control-allow-origin', '*').send(app.swagger()),
  );
}
