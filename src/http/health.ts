import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';

/** What health and readiness are told from. */
export interface HealthNeeds {
  readonly version: string;
  readonly durability: {
    readonly engine: string;
    readonly survives: string;
    readonly message: string;
  };
  /** Answers while the database does; throws otherwise. */
  readonly ping: () => Promise<void>;
  /** Whether the process is about to end. */
  readonly stopping: () => boolean;
}

export function registerHealth(app: FastifyInstance, needs: HealthNeeds): void {
  app.get(
    '/health',
    {
      config: { public: true },
      schema: {
        operationId: 'health',
        summary: 'Whether the process lives, and what its database promises',
        tags: ['operations'],
        response: {
          200: Type.Object({
            status: Type.Literal('ok'),
            version: Type.String(),
            database: Type.Object({
              engine: Type.String(),
              survives: Type.String({
                description:
                  '`power-loss`: an acknowledged write survives a power cut; `process-crash`: a killed process.',
              }),
              message: Type.String(),
            }),
          }),
        },
      },
    },
    async () => ({ status: 'ok' as const, version: needs.version, database: needs.durability }),
  );
  app.get(
    '/ready',
    {
      config: { public: true },
      schema: {
        operationId: 'ready',
        summary: 'Whether requests can be served now',
        tags: ['operations'],
        response: {
          200: Type.Object({ status: Type.Literal('ready') }),
          503: Type.Object({ status: Type.Literal('not-ready') }),
        },
      },
    },
    async (_request, reply) => {
      const ready = !needs.stopping() && (await answers(needs.ping));
      return reply
        .code(ready ? 200 : 503)
        .header('cache-control', 'no-store')
        .send({ status: ready ? 'ready' : 'not-ready' });
    },
  );
}

async function answers(ping: () => Promise<void>): Promise<boolean> {
  try {
    await ping();
    return true;
  } catch {
    return false;
  }
}
