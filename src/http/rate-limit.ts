/**
 * How often somebody may ask in a minute. The count is shared between processes without being asked for each
 * request: a process takes requests in blocks and lets them pass from memory.
 */
import ipaddr from 'ipaddr.js';
import { AppError } from '../core/errors.ts';

/** Requests taken at once from what is left of a minute. */
export interface Block {
  readonly granted: number;
  readonly left: number;
  readonly secondsLeft: number;
}

export interface RateLimiterNeeds {
  /** Takes up to `want` of the `limit` requests of this minute from what all processes share. */
  readonly lease: (bucket: Uint8Array, want: number, limit: number) => Promise<Block>;
  /** A keyed hash: what is stored names nobody. */
  readonly hash: (text: string) => Uint8Array;
  /** Milliseconds from a clock that never goes back. */
  readonly now: () => number;
  readonly onError: (error: unknown) => void;
}

/** Whether one more may pass, and what is left. */
export interface Allowance {
  readonly allowed: boolean;
  readonly limit: number;
  /** About: other processes may hold blocks. */
  readonly remaining: number;
  readonly resetSeconds: number;
}

export interface RateLimiter {
  /** Takes one request of this minute. `policy` is a short name of ours. */
  take(policy: string, subject: string, limit: number): Promise<Allowance>;
  /** Whether this process knows that nothing is left; takes nothing. */
  isSpent(policy: string, subject: string): boolean;
}

interface Bucket {
  tokens: number;
  /** What was left for others when the last block was taken. */
  left: number;
  until: number;
  /** No more is to be had in this minute. */
  last: boolean;
  leasing: Promise<void> | undefined;
}

const MINUTE_MS = 60_000;
/** A minute is taken in so many blocks at most. */
const BLOCKS = 20;
/** What a process lets pass by itself, of a limit, while the count cannot be reached. */
const ALONE_SHARE = 0.25;
/** Buckets remembered; of one forgotten the shared count still knows. */
const MOST_BUCKETS = 50_000;

export function createRateLimiter(needs: RateLimiterNeeds): RateLimiter {
  const buckets = new Map<string, Bucket>();

  function bucketOf(name: string): Bucket {
    const known = buckets.get(name);
    if (known !== undefined && (known.until > needs.now() || known.leasing !== undefined)) {
      return known;
    }
    const bucket = { tokens: 0, left: 0, until: 0, last: false, leasing: undefined };
    buckets.delete(name);
    buckets.set(name, bucket);
    const oldest = buckets.keys().next();
    if (buckets.size > MOST_BUCKETS && !oldest.done) buckets.delete(oldest.value);
    return bucket;
  }

  async function lease(bucket: Bucket, name: string, limit: number): Promise<void> {
    const asked = needs.now();
    const want = Math.ceil(limit / BLOCKS);
    try {
      const { granted, left, secondsLeft } = await needs.lease(needs.hash(name), want, limit);
      bucket.tokens = granted;
      bucket.left = left;
      bucket.until = asked + secondsLeft * 1000;
      bucket.last = granted < want || left === 0;
    } catch (error) {
      needs.onError(error);
      bucket.tokens = Math.max(1, Math.floor(limit * ALONE_SHARE));
      bucket.left = 0;
      bucket.until = asked + MINUTE_MS;
      bucket.last = true;
    } finally {
      bucket.leasing = undefined;
    }
  }

  return {
    take: async (policy, subject, limit) => {
      const name = `${policy}|${subject}`;
      const bucket = bucketOf(name);
      while (bucket.tokens === 0 && !bucket.last) {
        bucket.leasing ??= lease(bucket, name, limit);
        await bucket.leasing;
      }
      const allowed = bucket.tokens > 0;
      if (allowed) bucket.tokens--;
      return {
        allowed,
        limit,
        remaining: bucket.tokens + bucket.left,
        resetSeconds: Math.max(1, Math.ceil((bucket.until - needs.now()) / 1000)),
      };
    },
    isSpent: (policy, subject) => {
      const bucket = buckets.get(`${policy}|${subject}`);
      if (bucket === undefined || bucket.until <= needs.now()) return false;
      return bucket.last && bucket.tokens === 0;
    },
  };
}

/** Blocks of a process that shares its count with nobody. */
export function ownLeases(now: () => number): RateLimiterNeeds['lease'] {
  const taken = new Map<string, number>();
  let minute = 0;
  return async (bucket, want, limit) => {
    const at = now();
    if (Math.floor(at / MINUTE_MS) !== minute) {
      minute = Math.floor(at / MINUTE_MS);
      taken.clear();
    }
    const name = Buffer.from(bucket).toString('base64');
    const before = taken.get(name) ?? 0;
    const granted = Math.min(want, limit - before);
    taken.set(name, before + granted);
    const secondsLeft = (MINUTE_MS - (at % MINUTE_MS)) / 1000;
    return { granted, left: limit - before - granted, secondsLeft };
  };
}

/**
 * What of an address stands for whoever is behind it: of IPv6 the first 64 bits, because a single customer has
 * all the rest to choose from (RFC 6177).
 */
export function addressSubject(address: string): string {
  if (!ipaddr.isValid(address)) return 'unknown';
  const parsed = ipaddr.process(address);
  if (parsed.kind() === 'ipv4') return parsed.toString();
  return Buffer.from(parsed.toByteArray().slice(0, 8)).toString('hex');
}

/** The refusal of one request too many. */
export function tooMany({ resetSeconds }: Pick<Allowance, 'resetSeconds'>): AppError {
  return new AppError('unavailable', 'rate-limited', 'Too many requests; slow down.', {
    retryable: true,
    retryAfterSeconds: resetSeconds,
  });
}
