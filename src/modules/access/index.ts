export { accessRoutes } from './routes.ts';
export { type AccessService, accessService } from './service.ts';
