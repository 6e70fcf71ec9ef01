export { imageRoutes } from './routes.ts';
export { type DrawnImage, type ImageService, imageService } from './service.ts';
