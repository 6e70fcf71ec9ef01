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
  /** Milliseconds from a clock that never goes back. */
  readonly now: () => number;
}

export function cache<Value>(options: CacheOptions): Cache<Value> {
  const entries = new Map<string, { value: Promise<Value>; until: number }>();
  return {
    get: (name, make) => {
      const entry = entries.get(name);
      if (entry !== undefined && entry.until > options.now()) return entry.value;
      const value = make();
      entries.delete(name);
      entries.set(name, { value, until: options.now() + options.lifetimeMs });
      const oldest = entries.keys().next();
      if (entries.size > options.size && !oldest.done) entries.delete(oldest.value);
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
