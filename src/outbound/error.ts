/** Why nothing was fetched. */
export type OutboundFault =
  /** The address is not a public https address, or its name leads into a private network. */
  | 'address-forbidden'
  | 'timeout'
  | 'too-large'
  | 'unreachable'
  /** The answer is not 200. */
  | 'bad-status'
  /** The answer is 410: there was a document, and it was withdrawn for good. */
  | 'gone'
  | 'too-many-redirects'
  /** Whoever asked may not follow one more redirect. */
  | 'too-many-addresses'
  /** The answer is compressed, which was not asked for. */
  | 'encoding-refused';

export class OutboundError extends Error {
  readonly code: OutboundFault;

  constructor(code: OutboundFault, cause?: unknown) {
    super(`nothing fetched: ${code}`, cause === undefined ? undefined : { cause });
    this.name = 'OutboundError';
    this.code = code;
  }
}
