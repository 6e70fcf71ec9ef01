/** How much waits in a queue, and for how long the oldest has. */
export interface QueueLoad {
  readonly depth: number;
  readonly oldestSeconds: number;
}
