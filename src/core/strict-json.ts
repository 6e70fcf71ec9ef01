/**
 * JSON as a verifier must read it. `JSON.parse` keeps the last of two equal keys, turns `__proto__` into an
 * own member and reads any depth; each lets one document look like two to two readers. The scanner walks a
 * text whose grammar `JSON.parse` has already accepted, without recursion.
 */

export interface StrictJsonLimits {
  /** Greatest nesting of objects and arrays. */
  readonly maxDepth: number;
  /** Greatest length in UTF-16 code units. */
  readonly maxLength: number;
  /** Greatest number of values, those in objects and arrays included; counted before anything is parsed. */
  readonly maxValues: number;
}

/** A mebibyte of the smallest values would take some hundred milliseconds; no document of ours is like that. */
export const STRICT_JSON_LIMITS: StrictJsonLimits = {
  maxDepth: 32,
  maxLength: 1_048_576,
  maxValues: 20_000,
};

/** Why a text is not strict JSON. */
export type StrictJsonFault =
  | 'too-long'
  | 'byte-order-mark'
  | 'not-json'
  | 'too-deep'
  | 'too-many-values'
  | 'duplicate-member'
  | 'reserved-member'
  | 'lone-surrogate'
  | 'number-out-of-range';

export class StrictJsonError extends Error {
  readonly fault: StrictJsonFault;

  constructor(fault: StrictJsonFault) {
    super(`not strict JSON: ${fault}`);
    this.name = 'StrictJsonError';
    this.fault = fault;
  }
}

const RESERVED = new Set(['__proto__', 'constructor', 'prototype']);

/** The value of a JSON text that every reader reads alike; throws {@link StrictJsonError} otherwise. */
export function parseStrictJson(text: string, limits = STRICT_JSON_LIMITS): unknown {
  if (text.length > limits.maxLength) throw new StrictJsonError('too-long');
  if (text.charCodeAt(0) === 0xfeff) throw new StrictJsonError('byte-order-mark');
  checkExtent(text, limits);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new StrictJsonError('not-json');
  }
  scan(text);
  return value;
}

/**
 * Runs before the parser, so that a hostile depth or number never reaches it. What stands in strings does not
 * count. Every value but the first follows a comma or opens its container, so those are counted.
 */
function checkExtent(text: string, { maxDepth, maxValues }: StrictJsonLimits): void {
  let depth = 0;
  let values = 1;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) at = endOfString(text, at);
    const nesting = NESTING.get(code) ?? 0;
    depth += nesting;
    if (nesting > 0 || code === COMMA) values++;
    if (depth > maxDepth) throw new StrictJsonError('too-deep');
    if (values > maxValues) throw new StrictJsonError('too-many-values');
  }
}

const QUOTE = 0x22;
const COMMA = 0x2c;
const BACKSLASH = 0x5c;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const COLON = 0x3a;
const NESTING: ReadonlyMap<number, 1 | -1> = new Map([
  [OPEN_BRACE, 1],
  [OPEN_BRACKET, 1],
  [CLOSE_BRACE, -1],
  [CLOSE_BRACKET, -1],
]);

/** The names seen so far in each open object; undefined for an open array. */
type OpenContainers = (Set<string> | undefined)[];

function scan(text: string): void {
  const open: OpenContainers = [];
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) at = checkString(text, at, open);
    else if (isNumberStart(code)) at = checkNumber(text, at);
    else trackContainer(code, open);
  }
}

function trackContainer(code: number, open: OpenContainers): void {
  if (code === OPEN_BRACE) open.push(new Set());
  else if (code === OPEN_BRACKET) open.push(undefined);
  else if (code === CLOSE_BRACE || code === CLOSE_BRACKET) open.pop();
}

/** Returns the index of the closing quote. */
function checkString(text: string, start: number, open: OpenContainers): number {
  const end = endOfString(text, start);
  const written = text.slice(start + 1, end);
  // Only an escape makes a string another than what is written.
  const string = written.includes('\\') ? (JSON.parse(`"${written}"`) as string) : written;
  if (!string.isWellFormed()) throw new StrictJsonError('lone-surrogate');
  if (isMemberName(text, end + 1)) addMember(open.at(-1), string);
  return end;
}

function addMember(names: Set<string> | undefined, name: string): void {
  if (RESERVED.has(name)) throw new StrictJsonError('reserved-member');
  if (names?.has(name)) throw new StrictJsonError('duplicate-member');
  names?.add(name);
}

/** Index of the closing quote of the string that opens at `start`; the length of the text where it is open. */
function endOfString(text: string, start: number): number {
  let end = text.indexOf('"', start + 1);
  while (end !== -1 && isEscaped(text, end)) end = text.indexOf('"', end + 1);
  return end === -1 ? text.length : end;
}

/** Whether an odd number of backslashes stands before. */
function isEscaped(text: string, at: number): boolean {
  let before = at - 1;
  while (text.charCodeAt(before) === BACKSLASH) before--;
  return (at - before) % 2 === 0;
}

function isMemberName(text: string, after: number): boolean {
  let at = after;
  while (at < text.length && text.charCodeAt(at) <= 0x20) at++;
  return text.charCodeAt(at) === COLON;
}

function isNumberStart(code: number): boolean {
  return code === 0x2d || (code >= 0x30 && code <= 0x39);
}

/** A number beyond double precision reads as another number elsewhere. Returns the index of its last character. */
function checkNumber(text: string, start: number): number {
  let end = start + 1;
  while (end < text.length && /[0-9.eE+-]/.test(text.charAt(end))) end++;
  const literal = text.slice(start, end);
  const value = Number(literal);
  const unsafeInteger = /^-?\d+$/.test(literal) && !Number.isSafeInteger(value);
  if (!Number.isFinite(value) || unsafeInteger) throw new StrictJsonError('number-out-of-range');
  return end - 1;
}
