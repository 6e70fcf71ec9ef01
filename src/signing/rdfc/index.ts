export {
  type Canonicalise,
  type CanonicaliseAll,
  type Canonicaliser,
  createCanonicaliser,
} from './canonicaliser.ts';
export { CanonicalisationError, type CanonicalisationFault } from './error.ts';
