import type { Issuer } from '../../../core/issuer.ts';

const PREFIX = 'SPECIMEN – ';

/** A name or description, marked where a test issuer gives it, so that nobody takes it for a real one. */
export function marked(issuer: Pick<Issuer, 'test'>, text: string): string {
  return issuer.test ? `${PREFIX}${text}` : text;
}

/** Whether a name says of itself that it is of a specimen. */
export function isMarked(text: string | undefined): boolean {
  return text?.startsWith(PREFIX) ?? false;
}
