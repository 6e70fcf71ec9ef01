/** One concept of a controlled vocabulary. */
export interface Concept {
  /** Address of the concept in the published list. */
  readonly id: string;
  /** The official English label. */
  readonly label: string;
}

/** A published list: its own address and its members by the key that callers write. */
export interface Vocabulary<Key extends string = string> {
  readonly scheme: string;
  readonly keys: readonly Key[];
  readonly concepts: Readonly<Record<Key, Concept>>;
}

/** A concept from its address and official English label. */
export function concept(id: string, label: string): Concept {
  return Object.freeze({ id, label });
}

/** A vocabulary from its scheme address and its members. */
export function vocabulary<Key extends string>(
  scheme: string,
  concepts: Record<Key, Concept>,
): Vocabulary<Key> {
  return Object.freeze({ scheme, keys: Object.keys(concepts) as Key[], concepts });
}
