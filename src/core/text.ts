/**
 * Characters that have no place in a name, a title or a description: C0 and C1 controls except tab and
 * newline, and the bidirectional controls with which a text can be made to read as another.
 */
const FORBIDDEN = new RegExp(
  [
    String.raw`[\u0000-\u0008\u000b-\u001f\u007f-\u009f]`,
    String.raw`[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]`,
  ].join('|'),
);

/** Whether a text is well-formed Unicode, not blank and free of control and bidirectional-control characters. */
export function isPlainText(text: string): boolean {
  return text.isWellFormed() && !FORBIDDEN.test(text) && text.trim() !== '';
}

/** Whether a text is an absolute http or https URL without credentials. */
export function isWebUrl(text: string): boolean {
  if (!/^https?:\/\/[^\s<>"{}|\\^`]+$/.test(text) || !text.isWellFormed()) return false;
  const url = URL.parse(text);
  return url !== null && url.hostname !== '' && url.username === '' && url.password === '';
}

/**
 * Whether a text is an absolute IRI as it may stand in a signed document: a scheme and no character that
 * N-Quads would have to escape (RDF 1.1 N-Quads, IRIREF).
 */
export function isAbsoluteIri(text: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the grammar of IRIREF excludes them
  return /^[A-Za-z][A-Za-z0-9+.-]*:[^\u0000-\u0020<>"{}|\\^`]+$/.test(text) && text.isWellFormed();
}
