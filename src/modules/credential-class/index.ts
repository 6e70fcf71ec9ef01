export { credentialClassRoutes } from './routes.ts';
export { type CredentialClassService, credentialClassService } from './service/index.ts';
