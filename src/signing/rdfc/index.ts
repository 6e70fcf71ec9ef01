export { withinCpuBudget } from './budget.ts';
export {
  type Canonicalise,
  type CanonicaliseAll,
  type Canonicaliser,
  createCanonicaliser,
} from './canonicaliser.ts';
export { CanonicalisationError, type CanonicalisationFault } from './error.ts';
export type { RdfDigest } from './task.ts';
