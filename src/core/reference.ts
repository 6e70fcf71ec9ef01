/** A resource as a caller names it: by its id, or by the caller's own id of it. */
export type ResourceRef = { readonly id: string } | { readonly externalId: string };

/** Reads `id` or `ext:externalId`, as in a path. */
export function referenceOf(text: string): ResourceRef {
  return text.startsWith('ext:') ? { externalId: text.slice(4) } : { id: text };
}

/** Reads `{id}` or `{externalId}`, as in a body. */
export function referenceFrom(named: {
  readonly id?: string | undefined;
  readonly externalId?: string | undefined;
}): ResourceRef {
  return named.id === undefined ? { externalId: named.externalId ?? '' } : { id: named.id };
}
