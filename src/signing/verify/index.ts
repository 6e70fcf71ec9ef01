export { verifyDataIntegrity } from './data-integrity.ts';
export { type Report, verifyCredential } from './report.ts';
export { type Resolve, type VerificationTools, withinBudget } from './tools.ts';
export { verifyVcJwt } from './vc-jwt.ts';
