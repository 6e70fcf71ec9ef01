export { issuerRoutes } from './routes.ts';
export { type IssuerService, issuerService } from './service.ts';
