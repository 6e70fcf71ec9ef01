/** A small cache that forgets: entries live for a time, and the oldest go first when it is full. */
export interface Cache<Value> {
  /** The value under the name, made when it is not there; two callers at once share one making. */
  get(name: string, make: () => Promise<Value>): Promise<Value>;
  forget(name: string): void;
}

export interface CacheOptions {
  readonly size: number;
  /** Infinity for what never changes. */
  readonly lifetimeMs: number;
  /** At this age a value is made anew beside those who are still given it, so that none of them waits. */
  readonly renewMs?: number;
  /** Milliseconds from a clock that never goes back. */
  readonly now: () => number;
}

interface Entry<Value> {
  readonly value: Promise<Value>;
  readonly until: number;
  renewAt: number;
}

export function cache<Value>(options: CacheOptions): Cache<Value> {
  const { size, lifetimeMs, renewMs = Number.POSITIVE_INFINITY, now } = options;
  const entries = new Map<string, Entry<Value>>();

  /** Its age is counted from when it began to be made: it may say what was true then. */
  function put(name: string, value: Promise<Value>, madeAt: number): void {
    entries.delete(name);
    entries.set(name, { value, until: madeAt + lifetimeMs, renewAt: madeAt + renewMs });
    const oldest = entries.keys().next();
    if (entries.size > size && !oldest.done) entries.delete(oldest.value);
  }

  function renew(name: string, entry: Entry<Value>, make: () => Promise<Value>): void {
    const madeAt = now();
    entry.renewAt = Number.POSITIVE_INFINITY;
    const value = make();
    value.then(
      () => {
        // Unless it was forgotten meanwhile: then this one may be as old.
        if (entries.get(name) === entry) put(name, value, madeAt);
      },
      () => {
        entry.renewAt = now() + renewMs;
      },
    );
  }

  return {
    get: (name, make) => {
      const entry = entries.get(name);
      if (entry !== undefined && entry.until > now()) {
        if (entry.renewAt <= now()) renew(name, entry, make);
        return entry.value;
      }
      const value = make();
      put(name, value, now());
      // A failure is not kept: the next caller tries again.
      value.catch(() => {
        if (entries.get(name)?.value === value) entries.delete(name);
      });
      return value;
    },
    forget: (name) => {
      entries.delete(name);
    },
  };
}
