import type { RandomBytes } from '../../../core/id.ts';
import type { StoredAnswer } from '../../../core/idempotency.ts';
import type { Clock } from '../../../core/time.ts';
import type { SealingRoom } from '../../../signing/seal.ts';
import type { Database } from '../../../store/db.ts';
import type { CredentialClassService } from '../../credential-class/index.ts';
import type { IssuerService } from '../../issuer/index.ts';
import type { KeyService } from '../../key/index.ts';
import type { RecipientService } from '../../recipient/index.ts';
import type { StatusListService } from '../../status-list/index.ts';

/** The steps of one issuance, in their order. */
export const ISSUANCE_STEPS = ['decide', 'build', 'prepare', 'record', 'seal', 'publish'] as const;
export type IssuanceStep = (typeof ISSUANCE_STEPS)[number];

export interface AssertionNeeds {
  readonly db: Database;
  readonly classes: Pick<CredentialClassService, 'awardable' | 'forgetAwardable' | 'version'>;
  readonly issuers: Pick<IssuerService, 'current' | 'atVersion' | 'forget'>;
  readonly recipients: Pick<RecipientService, 'find'>;
  readonly keys: Pick<KeyService, 'activeKey' | 'findKey' | 'forgetActive'>;
  readonly status: Pick<
    StatusListService,
    'allocate' | 'giveBack' | 'forgetPlaces' | 'change' | 'publishSoon'
  >;
  readonly sealing: Pick<SealingRoom, 'prepare' | 'sealBadge'>;
  readonly clock: Clock;
  readonly random: RandomBytes;
  /** Told of each step once it is done; an observer cannot change what happens. */
  readonly onStep: (step: IssuanceStep) => void;
}

/** The idempotency key of a request and the fingerprint of what it asks. */
export interface IdempotentRequest {
  readonly key: string;
  readonly fingerprint: string;
}

export interface IssueOutcome {
  readonly replayed: boolean;
  readonly answer: StoredAnswer;
}
