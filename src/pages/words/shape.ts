import type { en } from './en.ts';

/** The shape of the words, the same in every language: a missing one is a type error. */
export type Words = Widened<typeof en>;

type Widened<Value> = Value extends string
  ? string
  : { readonly [Member in keyof Value]: Widened<Value[Member]> };
