/** Which form of a credential a reader gets. */
import type { FastifyRequest } from 'fastify';
import Negotiator from 'negotiator';
import type { Format } from '../../core/issuer.ts';

export interface Representation {
  readonly format: Format;
  readonly mediaType: string;
}

const JSON_LD: Representation = { format: 'ob3', mediaType: 'application/vc+ld+json' };

const REPRESENTATIONS: Readonly<Record<string, Representation>> = {
  'application/vc+ld+json': JSON_LD,
  'application/vc': { format: 'ob3', mediaType: 'application/vc' },
  'application/ld+json': { format: 'ob3', mediaType: 'application/ld+json' },
  'application/json': { format: 'ob3', mediaType: 'application/json' },
  'application/vc+jwt': { format: 'ob3-jwt', mediaType: 'application/vc+jwt' },
  'application/jwt': { format: 'ob3-jwt', mediaType: 'application/jwt' },
  'text/plain': { format: 'ob3-jwt', mediaType: 'text/plain; charset=utf-8' },
};

/**
 * The representation for an `Accept` header, or undefined where none is acceptable. Readers that name nothing
 * or everything get JSON-LD: libraries ask so, and some name HTML without wanting it.
 */
export function representationFor(headers: FastifyRequest['headers']): Representation | undefined {
  if (headers.accept === undefined || headers.accept.trim() === '') return JSON_LD;
  const accepted = new Negotiator({ headers }).mediaTypes();
  for (const type of accepted) {
    const named = REPRESENTATIONS[type];
    if (named !== undefined) return named;
    if (type === '*/*' || type === 'application/*') return JSON_LD;
  }
  return undefined;
}
