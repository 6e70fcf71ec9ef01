export { verifyDataIntegrity } from './data-integrity.ts';
export { type Report, verifyCredential } from './report.ts';
export {
  type Recall,
  type Resolve,
  type ResolvedDocument,
  type ResolveKind,
  type ResolveRequest,
  type VerificationTools,
  withinBudget,
  withinTime,
} from './tools.ts';
export { verifyVcJwt } from './vc-jwt.ts';
