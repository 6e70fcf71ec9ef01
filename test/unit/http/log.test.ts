import { describe, expect, it } from 'vitest';
import { createLogger, describeError } from '../../../src/log.ts';

const NAME = 'Zoé Canary';
const frame = /^at /;

describe('An error in the log', () => {
  it('of our own says what, where and why', () => {
    const error = new TypeError('The key is gone.', { cause: new RangeError('deeper') });
    expect(describeError(error)).toMatchObject({
      type: 'TypeError',
      message: 'The key is gone.',
      frames: expect.arrayContaining([expect.stringMatching(frame)]),
      cause: { type: 'RangeError', message: 'deeper' },
    });
  });

  it('of the database says statement, state and constraint, and none of the values', () => {
    const cause = Object.assign(new Error(`invalid input syntax: "${NAME}"`), {
      code: '22P02',
      constraint: 'c',
      detail: `Key (name)=(${NAME})`,
      hint: NAME,
      where: NAME,
    });
    const error = Object.assign(new Error(`Failed query: insert ...\nparams: ${NAME}`, { cause }), {
      query: 'insert into recipient values ($1)',
      params: [NAME],
    });
    const said = describeError(error);
    expect(JSON.stringify(said)).not.toContain('Canary');
    expect(said).toMatchObject({
      query: 'insert into recipient values ($1)',
      cause: { code: '22P02', constraint: 'c' },
    });
  });

  it('whose message looks like a stack says no line of it as a frame', () => {
    const message = `Failed query\nparams: x\nat ${NAME} (file:1:1)\n    at ${NAME}`;
    const error = Object.assign(new Error(message), { query: 'select' });
    const said = describeError(error);
    expect(JSON.stringify(said)).not.toContain('Canary');
    expect((said['frames'] as string[]).length).toBeGreaterThan(0);
    error.message = 'changed since';
    expect(JSON.stringify(describeError(error))).not.toContain('Canary');
  });

  it('has a bounded statement and stack', () => {
    const error = Object.assign(new Error('x'), { query: 'x'.repeat(10_000) });
    const said = describeError(error);
    expect((said['query'] as string).length).toBe(500);
    expect((said['frames'] as string[]).length).toBeLessThanOrEqual(15);
  });

  it('is written so wherever it is logged', () => {
    const lines: string[] = [];
    const logger = createLogger({ level: 'trace', write: (line) => lines.push(line) });
    const error = Object.assign(new Error(NAME), { code: '23505' });
    logger.error({ err: error }, 'background error');
    logger.error(error, 'as the first argument');
    logger.warn({ error }, 'by its long name');
    expect(lines).toHaveLength(3);
    for (const line of lines) expect(line).not.toContain('Canary');
  });
});
