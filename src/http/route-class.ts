/**
 * What kind of work a route is. Each class has slots of its own, so that none starves another, and is told apart
 * in the metrics.
 */
export const ROUTE_CLASSES = [
  /** What signs an award. */
  'issuing',
  /** The rest of the management API. */
  'management',
  'verification',
  /** Signed documents and profiles. */
  'public',
  /** What is drawn for people. */
  'page',
  /** Status lists and keys, on which every verifier in the world waits. */
  'status',
  'health',
] as const;
export type RouteClass = (typeof ROUTE_CLASSES)[number];

/** The class of a route by its method and template. */
export type ClassOf = (method: string, url: string | undefined) => RouteClass | undefined;
