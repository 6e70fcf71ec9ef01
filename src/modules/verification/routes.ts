import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { refusals } from '../../http/openapi.ts';
import { CredentialAddress, readInput, WrappedCredential } from './request.ts';
import { VerificationReport } from './schema.ts';
import type { VerificationService } from './service.ts';

const MAX_BODY_BYTES = 1_048_576;

const JSON_TYPES = [
  'application/vc+ld+json',
  'application/vc',
  'application/ld+json',
  'application/json',
];
const TOKEN_TYPES = ['application/vc+jwt', 'application/jwt', 'text/plain'];

const JsonCredential = Type.Union([
  WrappedCredential,
  CredentialAddress,
  Type.Unknown({ description: 'A credential with an embedded proof, as it is.' }),
]);
const TokenCredential = Type.Unknown({ description: 'A credential as a compact VC-JWT.' });

export function verificationRoutes({
  service,
}: {
  readonly service: VerificationService;
}): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.addSchema(VerificationReport);
    // The verifier reads the bytes itself: a parsed body no longer shows repeated members.
    app.removeAllContentTypeParsers();
    app.addContentTypeParser(
      [...JSON_TYPES, ...TOKEN_TYPES],
      { parseAs: 'buffer', bodyLimit: MAX_BODY_BYTES },
      async (_request: unknown, body: Buffer) => body,
    );

    app.addHook('onRequest', async (_request, reply) => {
      reply.header('access-control-allow-origin', '*');
    });

    app.options(
      '/v1/verify',
      { config: { public: true }, schema: { hide: true } },
      (_request, reply) =>
        reply
          .headers({
            'access-control-allow-methods': 'POST, OPTIONS',
            'access-control-allow-headers': 'Content-Type',
            'access-control-max-age': '86400',
          })
          .code(204)
          .send(),
    );

    app.post(
      '/v1/verify',
      {
        config: { public: true },
        bodyLimit: MAX_BODY_BYTES,
        schema: {
          operationId: 'verifyCredential',
          summary: 'Verify a credential, issued here or elsewhere',
          description:
            'The body is the credential; or an object with the member `credential` or `url`, and `recipient` for whom it should be about. Whatever can be read as a credential gets a report: neither a bad credential nor an address that does not answer is an error.',
          tags: ['verification'],
          body: {
            content: Object.fromEntries([
              ...JSON_TYPES.map((type) => [type, { schema: JsonCredential }]),
              ...TOKEN_TYPES.map((type) => [type, { schema: TokenCredential }]),
            ]),
          },
          response: { 200: Type.Ref('VerificationReport'), ...refusals },
        },
      },
      async (request, reply) => {
        const body = request.body instanceof Uint8Array ? request.body : new Uint8Array();
        const { recipient, ...input } = readInput(body);
        const named = recipient === undefined ? {} : { recipient };
        const report =
          'url' in input
            ? await service.verifyAddress(input.url, named)
            : await service.verify(input.body, named);
        return reply
          .header('cache-control', 'no-store')
          .type('application/json; charset=utf-8')
          .send(report);
      },
    );
  };
}
