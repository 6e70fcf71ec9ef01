import type { RandomBytes } from '../../../core/id.ts';
import type { Clock } from '../../../core/time.ts';
import type { Database } from '../../../store/db.ts';

export interface AccessNeeds {
  readonly db: Database;
  readonly clock: Clock;
  readonly random: RandomBytes;
}
