export { type PageVerifier, verificationPageRoutes } from './page-routes.ts';
export { verificationRoutes } from './routes.ts';
export { VerificationReport } from './schema.ts';
export {
  type VerificationOutcome,
  type VerificationRequest,
  type VerificationService,
  verificationService,
} from './service.ts';
