/**
 * Slots for the work under way, by class of route. What comes when they and the short queue behind them are taken
 * is refused at once: a refusal costs next to nothing, and those who were let in are served as fast as ever.
 */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { AppError } from '../core/errors.ts';
import type { ClassOf, RouteClass } from './route-class.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** The class whose slot the request holds. */
    slot: RouteClass | null;
  }
}

/** Slots of each class; a class without a number has no bound. */
export type Slots = Readonly<Partial<Record<RouteClass, number>>>;

export interface ClassLoad {
  readonly inFlight: number;
  readonly waiting: number;
}

export interface Gate {
  /**
   * Waits for a slot, shortly. Rejects with AppError `overloaded`. `first`: the request had a slot before and
   * goes before those who had none.
   */
  enter(routeClass: RouteClass, first?: boolean): Promise<void>;
  leave(routeClass: RouteClass): void;
  /**
   * Does what takes no work of ours, such as waiting for a host elsewhere. Another request of the class may come in
   * meanwhile, so that hosts that are slow keep nobody out; how many wait for hosts is bounded elsewhere.
   */
  away<Result>(routeClass: RouteClass, wait: () => Promise<Result>): Promise<Result>;
  load(): ReadonlyMap<RouteClass, ClassLoad>;
}

/** Longer than this nobody waits for a slot: the answer would come too late for whoever asked. */
const LONGEST_WAIT_MS = 150;
/** Turns of work that may wait: a caller with ten connections is served in peace, a flood is refused at once. */
const TURNS = 3;
const RETRY_AFTER_SECONDS = 1;

/** Somebody who waits for a slot. */
interface Waiting {
  /** Had a slot before, and cost us something already. */
  readonly first: boolean;
  readonly end: (hasSlot: boolean) => void;
}

interface Queue {
  slots: number;
  inFlight: number;
  /** Those who had a slot before in front, in the order in which they came; then the others in theirs. */
  readonly waiting: Waiting[];
}

/** `turns`: for each slot of a class so many may wait. */
export function createGate(
  slots: Slots,
  onRefused: (routeClass: RouteClass) => void,
  turns = TURNS,
): Gate {
  const queues = new Map<RouteClass, Queue>();
  const queueOf = (routeClass: RouteClass): Queue => {
    const known = queues.get(routeClass);
    if (known !== undefined) return known;
    const queue = { slots: slots[routeClass] ?? Infinity, inFlight: 0, waiting: [] };
    queues.set(routeClass, queue);
    return queue;
  };
  const refusal = (routeClass: RouteClass) => {
    onRefused(routeClass);
    return OVERLOADED;
  };
  return {
    enter: async (routeClass, first = false) => {
      const queue = queueOf(routeClass);
      if (queue.inFlight < queue.slots) {
        queue.inFlight++;
        return;
      }
      const isFull = queue.waiting.length >= queue.slots * turns;
      if (isFull && !(first && turnAwayNewest(queue))) throw refusal(routeClass);
      if (!(await waitIn(queue, first))) throw refusal(routeClass);
    },
    leave: (routeClass) => {
      const queue = queueOf(routeClass);
      queue.inFlight--;
      letIn(queue, turns);
    },
    away: async (routeClass, wait) => {
      const queue = queueOf(routeClass);
      queue.slots++;
      letIn(queue, turns);
      try {
        return await wait();
      } finally {
        queue.slots--;
      }
    },
    load: () =>
      new Map(
        [...queues].map(([routeClass, { inFlight, waiting }]) => [
          routeClass,
          { inFlight, waiting: waiting.length },
        ]),
      ),
  };
}

/** Nobody new comes in between: a slot passes from hand to hand. */
function letIn(queue: Queue, turns: number): void {
  while (queue.inFlight < queue.slots) {
    const next = takeNext(queue, turns);
    if (next === undefined) return;
    queue.inFlight++;
    next.end(true);
  }
}

/**
 * In a crowd the newest goes next, because whoever waited long is about to give up: some are served soon instead of
 * all of them late. Otherwise, and among those who had a slot before, it is first come, first served.
 */
function takeNext({ waiting, slots }: Queue, turns: number): Waiting | undefined {
  const isCrowd = waiting.length > (slots * turns) / 2;
  return isCrowd && waiting[0]?.first === false ? waiting.pop() : waiting.shift();
}

/** Makes room at the cost of whoever has just come and cost nothing yet. Returns whether there was somebody. */
function turnAwayNewest({ waiting }: Queue): boolean {
  const newest = waiting.at(-1);
  if (newest === undefined || newest.first) return false;
  newest.end(false);
  return true;
}

/** Resolves to whether a slot came in time. */
function waitIn({ waiting }: Queue, first: boolean): Promise<boolean> {
  return new Promise((resolve) => {
    const mine: Waiting = {
      first,
      end: (hasSlot) => {
        clearTimeout(timer);
        const at = waiting.indexOf(mine);
        if (at >= 0) waiting.splice(at, 1);
        resolve(hasSlot);
      },
    };
    const timer = setTimeout(() => mine.end(false), LONGEST_WAIT_MS);
    const others = waiting.findIndex((one) => !one.first);
    waiting.splice(first && others >= 0 ? others : waiting.length, 0, mine);
  });
}

/** Made once: thousands in a second are refused with it, and where it was made tells nothing. */
const OVERLOADED = new AppError(
  'unavailable',
  'overloaded',
  'Too much is under way; try again shortly.',
  { retryable: true, retryAfterSeconds: RETRY_AFTER_SECONDS },
);

/**
 * A slot is held while we work: from the first look at a request until its answer is made, without the time in
 * which its body arrives or its answer is read. Who sends or reads slowly takes nothing from anybody.
 */
export function registerInFlight(app: FastifyInstance, gate: Gate, classOf: ClassOf): void {
  app.decorateRequest('slot', null);

  async function enter(request: FastifyRequest, first: boolean): Promise<void> {
    const routeClass = classOf(request.method, request.routeOptions.url) ?? 'page';
    await gate.enter(routeClass, first);
    request.slot = routeClass;
  }

  function leave(request: FastifyRequest): void {
    if (request.slot === null) return;
    gate.leave(request.slot);
    request.slot = null;
  }

  app.addHook('onRequest', async (request, reply) => {
    if (request.is404) return;
    try {
      await enter(request, false);
    } catch (error) {
      // A page that asks must be able to read why it was refused.
      if (request.routeOptions.config.public) reply.header('access-control-allow-origin', '*');
      throw error;
    }
  });
  app.addHook('preParsing', async (request) => {
    // A body that is here already keeps nobody waiting: its request keeps the slot, and stands in no queue twice.
    if (hasBody(request) && !request.raw.complete) leave(request);
  });
  app.addHook('preValidation', async (request) => {
    if (request.slot === null && !request.is404) await enter(request, true);
  });
  app.addHook('onSend', async (request) => leave(request));
  // An answer that could not be sent, because nobody is there to take it any more.
  app.addHook('onResponse', async (request) => leave(request));
}

function hasBody({ headers }: FastifyRequest): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}
