import type { Issuer } from '../core/issuer.ts';
import { type Element, h } from './element.ts';
import type { Voice } from './voice.ts';

/** Above everything a test issuer says, so that nobody takes it for a real one. */
export function specimenBand({ test }: Pick<Issuer, 'test'>, voice: Voice): Element | undefined {
  return test ? h('p', { class: 'specimen' }, voice.phrases.specimen) : undefined;
}
