import type { FastifyInstance } from 'fastify';
import { sha256 } from '../core/digest.ts';
import { AppError } from '../core/errors.ts';

export interface MetricsNeeds {
  readonly text: () => Promise<string>;
  readonly contentType: string;
  /** Who asks must show it; absent: whoever reaches the address may read. */
  readonly token: string | undefined;
}

/** `GET /metrics` in the text format of Prometheus. */
export function registerMetrics(app: FastifyInstance, needs: MetricsNeeds): void {
  app.get(
    '/metrics',
    { config: { public: true }, schema: { hide: true } },
    async (request, reply) => {
      if (!isAllowed(request.headers.authorization, needs.token)) {
        throw new AppError('unauthenticated', 'key-refused', 'The metrics token is needed.');
      }
      const text = await needs.text();
      return reply.header('cache-control', 'no-store').type(needs.contentType).send(text);
    },
  );
}

/** Digests are compared: their first difference tells nothing of the token. */
function isAllowed(authorization: string | undefined, token: string | undefined): boolean {
  if (token === undefined) return true;
  return sha256(authorization ?? '').equals(sha256(`Bearer ${token}`));
}
