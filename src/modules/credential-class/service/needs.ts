import type { RandomBytes } from '../../../core/id.ts';
import type { Database } from '../../../store/db.ts';
import type { ImageService } from '../../image/index.ts';
import type { IssuerService } from '../../issuer/index.ts';

export interface ClassNeeds {
  readonly db: Database;
  readonly issuers: Pick<IssuerService, 'current' | 'forPublication'>;
  readonly images: Pick<ImageService, 'draw' | 'forPublication' | 'requireImage'>;
  readonly random: RandomBytes;
  readonly now: () => number;
}
