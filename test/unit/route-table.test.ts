import type { RouteOptions } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildApp } from '../../src/app.ts';
import { ROUTE_CLASSES } from '../../src/http/route-class.ts';
import { createLogger } from '../../src/log.ts';
import { routeClassOf } from '../../src/route-table.ts';
import { type Service, startService } from '../support/service.ts';

describe('The class of work', () => {
  let service: Service;
  const routes: RouteOptions[] = [];

  beforeAll(async () => {
    service = await startService({ engine: 'pglite' });
    const app = await buildApp(service.services, {
      version: 'test',
      logger: createLogger({ level: 'silent' }),
      limits: service.config.limits,
      metrics: { ...service.config.metrics, token: 'shown' },
      stopping: () => false,
      onRoute: (route) => routes.push(route),
    });
    await app.ready();
    await app.close();
  });
  afterAll(() => service.close());

  it('is said of every route, and each class has a route', () => {
    const found = routes.flatMap(({ method, url }) =>
      [method].flat().map((one) => ({ name: `${one} ${url}`, routeClass: routeClassOf(one, url) })),
    );
    const without = found.filter(({ routeClass }) => routeClass === undefined);
    expect(without.map(({ name }) => name)).toEqual([]);
    expect(found.map(({ name }) => name)).toContain('GET /metrics');
    expect(new Set(found.map(({ routeClass }) => routeClass))).toEqual(new Set(ROUTE_CLASSES));
  });

  it('of an address that leads nowhere is none', () => {
    expect(routeClassOf('GET', undefined)).toBeUndefined();
    expect(routeClassOf('GET', '/nowhere')).toBeUndefined();
  });
});
