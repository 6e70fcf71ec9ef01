import type { RandomBytes } from '../../../core/id.ts';
import type { Database } from '../../../store/db.ts';
import type { IssuerService } from '../../issuer/index.ts';

export interface ClassNeeds {
  readonly db: Database;
  readonly issuers: Pick<IssuerService, 'forPublication'>;
  readonly random: RandomBytes;
  readonly now: () => number;
}
