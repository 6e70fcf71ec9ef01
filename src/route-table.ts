/** Which class of work each route is. A route that is not here has the few slots of pages, and a test fails. */
import type { RouteClass } from './http/route-class.ts';

const EXACT: Readonly<Record<string, RouteClass>> = {
  'POST /v1/assertions': 'issuing',
  'POST /v1/assertions/:id/reissue': 'issuing',
  'POST /v1/verify': 'verification',
  'OPTIONS /v1/verify': 'verification',
  'GET /health': 'health',
  'GET /ready': 'health',
  'GET /metrics': 'health',
  'POST /verify': 'verification',
  'GET /verify': 'page',
  'GET /assets/:name': 'page',
  'GET /openapi.json': 'page',
  'OPTIONS /issuers/*': 'public',
  'GET /issuers/:issuer': 'public',
  'GET /issuers/:issuer/achievements/:achievement': 'public',
  'GET /issuers/:issuer/credentials/:credential': 'public',
  'GET /issuers/:issuer/images/:image': 'public',
  'GET /issuers/:issuer/did.json': 'status',
  'GET /issuers/:issuer/jwks.json': 'status',
  'GET /issuers/:issuer/keys/:kid': 'status',
  'GET /issuers/:issuer/status/:list': 'status',
};

const BEGINNINGS: readonly (readonly [beginning: string, routeClass: RouteClass])[] = [
  ['/v1/', 'management'],
  ['/docs', 'page'],
];

/** The class of a route, or undefined where the table does not know it. */
export function routeClassOf(method: string, url: string | undefined): RouteClass | undefined {
  if (url === undefined) return undefined;
  const exact = EXACT[`${method === 'HEAD' ? 'GET' : method} ${url}`];
  return exact ?? BEGINNINGS.find(([beginning]) => url.startsWith(beginning))?.[1];
}
