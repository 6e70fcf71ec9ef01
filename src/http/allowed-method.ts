/** Which methods an address knows, for those who come with another one (RFC 9110, 15.5.6). */
import type { FastifyInstance } from 'fastify';

/** The methods of the route that would take the path; empty where there is none. */
export type AllowedMethods = (path: string) => string[];

/** Notes every route that is registered from now on. */
export function allowedMethods(app: FastifyInstance): AllowedMethods {
  const routes = new Map<string, { readonly form: RegExp; readonly methods: Set<string> }>();
  app.addHook('onRoute', ({ url, method }) => {
    // A wildcard answers for addresses of which it does not know whether they are.
    if (url.includes('*')) return;
    const route = routes.get(url) ?? { form: formOf(url), methods: new Set() };
    for (const one of [method].flat()) route.methods.add(one);
    routes.set(url, route);
  });
  return (path) => {
    const matching = [...routes.values()].filter(({ form }) => form.test(path));
    return [...new Set(matching.flatMap(({ methods }) => [...methods]))].sort();
  };
}

/** A parameter is one segment. */
function formOf(url: string): RegExp {
  const source = url.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replace(/:\w+/g, '[^/]+');
  return new RegExp(`^${source}$`);
}
