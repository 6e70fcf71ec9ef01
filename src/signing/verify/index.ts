export { verifyDataIntegrity } from './data-integrity.ts';
export { verifyAddress, verifyCredential } from './report.ts';
export type { RecipientClaim, Report } from './report-shape.ts';
export {
  type Recall,
  type Resolve,
  type VerificationTools,
  withinBudget,
  withinTime,
} from './tools.ts';
export { verifyVcJwt } from './vc-jwt.ts';
