/** Why a document has no canonical form that could be signed or compared. */
export type CanonicalisationFault =
  /** It names a context that is not among the pinned ones, or carries one of its own. */
  | 'unknown-context'
  /** A term, type or reference means nothing under its contexts, so it would silently not be signed. */
  | 'undefined-term'
  /** Its blank nodes cannot be told apart with bounded work, or it exhausts memory or processor time. */
  | 'too-complex'
  | 'timeout'
  /** Too many documents are waiting already. */
  | 'overloaded'
  /** It is not JSON-LD. */
  | 'malformed';

export class CanonicalisationError extends Error {
  readonly code: CanonicalisationFault;
  /** The offending term or context, cut to 100 characters; hostile text when the document is hostile. */
  readonly subject: string | undefined;

  constructor(code: CanonicalisationFault, subject?: string, cause?: unknown) {
    super(
      subject === undefined
        ? `not canonicalised: ${code}`
        : `not canonicalised: ${code} (${subject})`,
      cause === undefined ? undefined : { cause },
    );
    this.name = 'CanonicalisationError';
    this.code = code;
    this.subject = subject;
  }
}
