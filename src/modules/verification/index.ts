export { type PageVerifier, verificationPageRoutes } from './page-routes.ts';
export { pageVerifier } from './page-verifier.ts';
export { verificationRoutes } from './routes.ts';
export { VerificationReport } from './schema.ts';
export {
  type VerificationService,
  verificationService,
} from './service.ts';
