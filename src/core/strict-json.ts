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
}

export const STRICT_JSON_LIMITS: StrictJsonLimits = { maxDepth: 32, maxLength: 1_048_576 };

/** Why a text is not strict JSON. */
export type StrictJsonFault =
  | 'too-long'
  | 'byte-order-mark'
  | 'not-json'
  | 'too-deep'
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
  checkDepth(text, limits.maxDepth);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new StrictJsonError('not-json');
  }
  scan(text);
  return value;
}

/** Runs before the parser, so that a hostile depth never reaches it. Brackets in strings do not count. */
function checkDepth(text: string, maxDepth: number): void {
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) at = endOfString(text, at);
    else if (code === OPEN_BRACE || code === OPEN_BRACKET) {
      depth++;
      if (depth > maxDepth) throw new StrictJsonError('too-deep');
    } else if (code === CLOSE_BRACE || code === CLOSE_BRACKET) depth--;
  }
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const COLON = 0x3a;

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
  const string = JSON.parse(text.slice(start, end + 1)) as string;
  if (!string.isWellFormed()) throw new StrictJsonError('lone-surrogate');
  if (isMemberName(text, end + 1)) addMember(open.at(-1), string);
  return end;
}

function addMember(names: Set<string> | undefined, name: string): void {
  if (RESERVED.has(name)) throw new StrictJsonError('reserved-member');
  if (names?.has(name)) throw new StrictJsonError('duplicate-member');
  names?.add(name);
}

/** Index of the closing quote of the string that opens at `start`. */
function endOfString(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && text.charCodeAt(at) !== QUOTE) {
    at += text.charCodeAt(at) === BACKSLASH ? 2 : 1;
  }
  return at;
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
