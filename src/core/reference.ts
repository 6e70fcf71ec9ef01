/** A resource as a caller names it: by its id, or by the caller's own id of it. */
export type ResourceRef = { readonly id: string } | { readonly externalId: string };

/** Reads `id` or `ext:externalId`. */
export function referenceOf(text: string): ResourceRef {
  return text.startsWith('ext:') ? { externalId: text.slice(4) } : { id: text };
}
