export { auditEventRoutes } from './routes.ts';
export { auditEventService } from './service.ts';
