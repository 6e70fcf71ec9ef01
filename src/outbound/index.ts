export { type DocumentCache, documentCache } from './document-cache.ts';
export { OutboundError } from './error.ts';
export { createHttpClient, type HttpClient } from './http-client.ts';
