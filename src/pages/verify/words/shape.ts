import type { en } from './en.ts';

/** The shape of the words, the same in every language and held by the compiler. */
export type VerifyWords = Widened<typeof en>;

type Widened<Value> = Value extends string
  ? string
  : { readonly [Member in keyof Value]: Widened<Value[Member]> };
