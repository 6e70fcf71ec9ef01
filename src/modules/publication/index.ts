export { problemPages } from './page.ts';
export { publicationRoutes } from './routes.ts';
export { type PublicationService, publicationService } from './service.ts';
