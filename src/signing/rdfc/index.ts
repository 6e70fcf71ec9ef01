export { withinCpuBudget } from './budget.ts';
export {
  type Canonicalise,
  type CanonicaliseAll,
  type Canonicaliser,
  createCanonicaliser,
  type RdfDigest,
} from './canonicaliser.ts';
export { CanonicalisationError, type CanonicalisationFault } from './error.ts';
