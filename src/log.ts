/** Logs for operators: structured, with request ids, and without a word about a person. */
import { type Logger, pino, stdSerializers } from 'pino';

/**
 * A failed statement carries its parameters in its message, and PostgreSQL quotes values in its own. Of such
 * errors only what cannot hold a name is logged: statement, SQLSTATE, constraint and the stack's frames.
 */
export function describeError(error: Error): Record<string, unknown> {
  const { type } = stdSerializers.err(error);
  const fault = error as Error & Partial<Record<'code' | 'constraint' | 'query', unknown>>;
  const fromDatabase = fault.query !== undefined || isSqlState(fault.code);
  return {
    type,
    ...(fromDatabase ? {} : { message: error.message }),
    ...(typeof fault.code === 'string' ? { code: fault.code } : {}),
    ...(typeof fault.constraint === 'string' ? { constraint: fault.constraint } : {}),
    ...(typeof fault.query === 'string' ? { query: fault.query.slice(0, 500) } : {}),
    frames: framesOf(error),
    ...(error.cause instanceof Error ? { cause: describeError(error.cause) } : {}),
  };
}

function isSqlState(code: unknown): boolean {
  return typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code);
}

/** The stack without the message it repeats, whose lines could look like frames. */
function framesOf({ stack = '', message }: Error): string[] {
  const at = stack.indexOf(message);
  if (at < 0) return [];
  return stack
    .slice(at + message.length)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line.startsWith('at '))
    .slice(0, 15);
}

export interface LogOptions {
  readonly level: string;
  /** Where lines go; absent: standard output. */
  readonly write?: (line: string) => void;
}

export function createLogger({ level, write }: LogOptions): Logger {
  const options = { level, base: null, serializers: { err: describeError, error: describeError } };
  return write === undefined ? pino(options) : pino(options, { write });
}
