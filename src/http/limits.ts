/** Which requests are counted, for whom, and how a refusal is told. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type Allowance, addressSubject, type RateLimiter, tooMany } from './rate-limit.ts';
import type { ClassOf, RouteClass } from './route-class.ts';

/** Requests in a minute. */
export interface Rates {
  /** Of one client, with any of its keys. */
  readonly client: number;
  /** Verifications for one address. */
  readonly verification: number;
  /** Public documents and pages for one address. Keys and status lists are not counted. */
  readonly reading: number;
  /** Keys that open nothing, from one address. */
  readonly refusedKey: number;
}

export interface LimitNeeds {
  readonly limiter: RateLimiter;
  readonly rates: Rates;
  readonly classOf: ClassOf;
  /** Told of each refusal. */
  readonly onRefused: (routeClass: RouteClass) => void;
}

/** What keeps somebody from trying keys. */
export interface KeyGuard {
  /** Throws AppError `rate-limited` where the address may try no more keys. */
  refuseIfSpent(request: FastifyRequest): void;
  /** Counts a key that opened nothing; throws like {@link refuseIfSpent} where it was one too many. */
  countRefused(request: FastifyRequest): Promise<void>;
}

type Policy = keyof Rates;
const BY_ADDRESS: Readonly<Partial<Record<RouteClass, Policy>>> = {
  verification: 'verification',
  public: 'reading',
  page: 'reading',
};
/** Of whom everything is counted tell the headers with every answer; documents stay the same for all readers. */
const TOLD: readonly Policy[] = ['client', 'verification'];

/**
 * Refuses addresses of which this process knows that they have asked enough. Goes before the slots, where they would
 * stand in the way of the others.
 */
export function refuseSpentAddresses(app: FastifyInstance, needs: LimitNeeds): void {
  app.addHook('onRequest', async (request, reply) => {
    const policy = publicPolicy(request, needs.classOf);
    if (policy === undefined || !needs.limiter.isSpent(policy, addressSubject(request.ip))) return;
    await count(needs, policy, addressSubject(request.ip), request, reply);
  });
}

/** Counts public requests by address. Goes before authentication; {@link countClients} goes after it. */
export function registerRateLimits(app: FastifyInstance, needs: LimitNeeds): KeyGuard {
  app.addHook('onRequest', async (request, reply) => {
    const policy = publicPolicy(request, needs.classOf);
    if (policy === undefined) return;
    await count(needs, policy, addressSubject(request.ip), request, reply);
  });
  const refuse = (request: FastifyRequest) => {
    needs.onRefused(classOfRequest(request, needs));
    return tooMany({ resetSeconds: 60 });
  };
  return {
    refuseIfSpent: (request) => {
      if (needs.limiter.isSpent('refusedKey', addressSubject(request.ip))) throw refuse(request);
    },
    countRefused: async (request) => {
      const subject = addressSubject(request.ip);
      const { allowed } = await needs.limiter.take('refusedKey', subject, needs.rates.refusedKey);
      if (!allowed) throw refuse(request);
    },
  };
}

/** Counts requests by client. */
export function countClients(app: FastifyInstance, needs: LimitNeeds): void {
  app.addHook('onRequest', async (request, reply) => {
    if (request.caller === null) return;
    await count(needs, 'client', request.caller.clientId, request, reply);
  });
}

function publicPolicy(request: FastifyRequest, classOf: ClassOf): Policy | undefined {
  if (request.is404 || request.method === 'OPTIONS') return undefined;
  if (request.routeOptions.config.public !== true) return undefined;
  return BY_ADDRESS[classOf(request.method, request.routeOptions.url) ?? 'page'];
}

function classOfRequest(request: FastifyRequest, { classOf }: LimitNeeds): RouteClass {
  return classOf(request.method, request.routeOptions.url) ?? 'page';
}

async function count(
  needs: LimitNeeds,
  policy: Policy,
  subject: string,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<void> {
  const allowance = await needs.limiter.take(policy, subject, needs.rates[policy]);
  if (TOLD.includes(policy) || !allowance.allowed) tell(reply, policy, allowance);
  if (allowance.allowed) return;
  needs.onRefused(classOfRequest(request, needs));
  // A page that asks must be able to read why it was refused.
  if (request.caller === null) reply.header('access-control-allow-origin', '*');
  throw tooMany(allowance);
}

/** RateLimit header fields for HTTP (draft-ietf-httpapi-ratelimit-headers-10). */
function tell(reply: FastifyReply, policy: Policy, allowance: Allowance): void {
  const { limit, remaining, resetSeconds } = allowance;
  reply.header('ratelimit-policy', `"${policy}";q=${limit};w=60`);
  reply.header('ratelimit', `"${policy}";r=${remaining};t=${resetSeconds}`);
}
