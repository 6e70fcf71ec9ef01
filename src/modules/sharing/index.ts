export { sharingRoutes } from './routes.ts';
export { type SharingService, sharingService } from './service.ts';
