export { OutboundError, type OutboundFault } from './error.ts';
export {
  createHttpClient,
  type Fetched,
  type HttpClient,
  type HttpClientOptions,
} from './http-client.ts';
