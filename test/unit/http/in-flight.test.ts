import { describe, expect, it } from 'vitest';
import { createGate } from '../../../src/http/in-flight.ts';
import { ROUTE_CLASSES, type RouteClass } from '../../../src/http/route-class.ts';

const settled = (promise: Promise<unknown>) =>
  promise.then(
    () => 'in' as const,
    (error) => error.code as string,
  );

describe('The slots of a class', () => {
  it('are so many, with three who wait for each; one more is refused at once and told when to come back', async () => {
    const refused: RouteClass[] = [];
    const gate = createGate({ issuing: 2 }, (routeClass) => refused.push(routeClass));
    await Promise.all([gate.enter('issuing'), gate.enter('issuing')]);
    const waiting = Array.from({ length: 6 }, () => settled(gate.enter('issuing')));
    await expect(gate.enter('issuing')).rejects.toMatchObject({
      kind: 'unavailable',
      code: 'overloaded',
      details: { retryAfterSeconds: 1, retryable: true },
    });
    expect(gate.load().get('issuing')).toEqual({ inFlight: 2, waiting: 6 });
    for (let turn = 0; turn < 6; turn++) gate.leave('issuing');
    expect(await Promise.all(waiting)).toEqual(Array.from({ length: 6 }, () => 'in'));
    expect(refused).toEqual(['issuing']);
    gate.leave('issuing');
    gate.leave('issuing');
    expect(gate.load().get('issuing')).toEqual({ inFlight: 0, waiting: 0 });
  });

  it('are waited for shortly, and whoever gave up is not given one', async () => {
    const gate = createGate({ page: 1 }, () => undefined);
    await gate.enter('page');
    expect(await settled(gate.enter('page'))).toBe('overloaded');
    gate.leave('page');
    expect(gate.load().get('page')).toEqual({ inFlight: 0, waiting: 0 });
  });

  it('go to the newest in a crowd, else to whoever came first', async () => {
    const gate = createGate({ issuing: 2 }, () => undefined);
    await Promise.all([gate.enter('issuing'), gate.enter('issuing')]);
    const order: number[] = [];
    const all = [1, 2, 3, 4, 5].map((at) => gate.enter('issuing').then(() => order.push(at)));
    for (let turn = 0; turn < 5; turn++) gate.leave('issuing');
    await Promise.all(all);
    // Of six places five are taken, then four: a crowd. Three are half of them.
    expect(order).toEqual([5, 4, 1, 2, 3]);
  });

  it('go first to those who had one before', async () => {
    const gate = createGate({ issuing: 2 }, () => undefined);
    await Promise.all([gate.enter('issuing'), gate.enter('issuing')]);
    const order: string[] = [];
    const newcomer = gate.enter('issuing').then(() => order.push('newcomer'));
    const returning = gate.enter('issuing', true).then(() => order.push('returning'));
    gate.leave('issuing');
    await returning;
    gate.leave('issuing');
    await newcomer;
    expect(order).toEqual(['returning', 'newcomer']);
  });

  it('are not refused to those who had one before while newcomers wait: the newest of these goes', async () => {
    const refused: RouteClass[] = [];
    const gate = createGate({ issuing: 2 }, (routeClass) => refused.push(routeClass), 1);
    await Promise.all([gate.enter('issuing'), gate.enter('issuing')]);
    const older = settled(gate.enter('issuing'));
    const newest = settled(gate.enter('issuing'));
    const order: string[] = [];
    const one = gate.enter('issuing', true).then(() => order.push('one'));
    expect(await newest).toBe('overloaded');
    const two = gate.enter('issuing', true).then(() => order.push('two'));
    expect(await older).toBe('overloaded');
    await expect(gate.enter('issuing', true)).rejects.toMatchObject({ code: 'overloaded' });
    gate.leave('issuing');
    gate.leave('issuing');
    await Promise.all([one, two]);
    expect(order).toEqual(['one', 'two']);
    expect(refused).toHaveLength(3);
    expect(gate.load().get('issuing')).toEqual({ inFlight: 2, waiting: 0 });
  });

  it('are lent to others while somebody waits for a host elsewhere, and come back', async () => {
    const gate = createGate({ verification: 1 }, () => undefined);
    let answer: () => void = () => undefined;
    await gate.enter('verification');
    const next = settled(gate.enter('verification'));
    const waiting = gate.away('verification', () => new Promise<void>((done) => (answer = done)));
    expect(await next).toBe('in');
    answer();
    await waiting;
    // Both work now; one more has to wait until both have left.
    const third = settled(gate.enter('verification'));
    gate.leave('verification');
    expect(gate.load().get('verification')).toEqual({ inFlight: 1, waiting: 1 });
    gate.leave('verification');
    expect(await third).toBe('in');
    const failed = gate.away('verification', () => Promise.reject(new Error('unreachable')));
    await expect(failed).rejects.toThrow('unreachable');
    gate.leave('verification');
    expect(gate.load().get('verification')).toEqual({ inFlight: 0, waiting: 0 });
  });

  it('of one class are no use to another, nor in its way', async () => {
    const gate = createGate(
      Object.fromEntries(ROUTE_CLASSES.map((name) => [name, 1])),
      () => undefined,
    );
    for (const routeClass of ROUTE_CLASSES) await gate.enter(routeClass);
    expect([...gate.load().values()].every(({ inFlight }) => inFlight === 1)).toBe(true);
  });

  it('of a class without a number are not bounded', async () => {
    const gate = createGate({}, () => undefined);
    for (let at = 0; at < 1_000; at++) await gate.enter('health');
    expect(gate.load().get('health')).toEqual({ inFlight: 1_000, waiting: 0 });
  });
});
