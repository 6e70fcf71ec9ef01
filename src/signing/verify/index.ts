export { type SelfCheck, verifyDataIntegrity } from './data-integrity.ts';
export { type Report, verifyCredential } from './report.ts';
export type { CredentialSummary, IssuerIdentity } from './summary.ts';
export {
  type Resolve,
  type ResolvedDocument,
  type VerificationTools,
  withinBudget,
} from './tools.ts';
export { verifyVcJwt } from './vc-jwt.ts';
