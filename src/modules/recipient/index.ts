export { recipientRoutes } from './routes.ts';
export { type RecipientService, recipientService } from './service.ts';
