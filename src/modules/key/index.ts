export { findWrappedKey } from './repository.ts';
export { keyRoutes } from './routes.ts';
export { type GeneratedKey, type KeyService, keyService } from './service.ts';
