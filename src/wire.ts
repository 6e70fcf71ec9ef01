/** Every concrete thing is constructed here and nowhere else. */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Config } from './config.ts';
import type { Job } from './jobs/runner.ts';
import { type AccessService, accessJobs, accessService } from './modules/access/index.ts';
import {
  type AssertionService,
  assertionJobs,
  assertionService,
  type IssuanceStep,
} from './modules/assertion/index.ts';
import { auditEventService } from './modules/audit-event/index.ts';
import {
  type CredentialClassService,
  credentialClassService,
} from './modules/credential-class/index.ts';
import { type IssuerService, issuerService } from './modules/issuer/index.ts';
import { findWrappedKey, type KeyService, keyService } from './modules/key/index.ts';
import { type PublicationService, publicationService } from './modules/publication/index.ts';
import { type RecheckService, recheckJobs, recheckService } from './modules/recheck/index.ts';
import { type RecipientService, recipientService } from './modules/recipient/index.ts';
import { changeAll, statusListJobs, statusListService } from './modules/status-list/index.ts';
import {
  type PageVerifier,
  pageVerifier,
  type VerificationService,
  verificationService,
} from './modules/verification/index.ts';
import { createHttpClient } from './outbound/index.ts';
import { encryptedKeyStore } from './signing/key-store/encrypted.ts';
import { readMasterKey, readOrMakeMasterKey } from './signing/key-store/master-key.ts';
import { createCanonicaliser } from './signing/rdfc/index.ts';
import { sealingRoom } from './signing/seal.ts';
import type { Database } from './store/db.ts';
import { migratePostgres } from './store/migrate.ts';
import { openPglite } from './store/pglite.ts';
import { openPostgres } from './store/postgres.ts';

export const MIGRATIONS_FOLDER = fileURLToPath(new URL('../migrations', import.meta.url));

export interface Services {
  readonly db: Database;
  readonly access: AccessService;
  readonly issuers: IssuerService;
  readonly keys: KeyService;
  readonly classes: CredentialClassService;
  readonly recipients: RecipientService;
  readonly assertions: AssertionService;
  readonly auditEvents: ReturnType<typeof auditEventService>;
  readonly publication: PublicationService;
  readonly verification: VerificationService;
  readonly verificationPage: PageVerifier;
  readonly recheck: RecheckService;
  readonly jobs: readonly Job[];
  /** Signs what was to be signed shortly, then lets go of threads, connections and the data folder. */
  close(): Promise<void>;
}

/** What may look on. An observer sees what happens and cannot change it. */
export interface Observers {
  readonly onError: (error: unknown) => void;
  readonly onStep?: (step: IssuanceStep) => void;
}

export async function wire(config: Config, observers: Observers): Promise<Services> {
  const masterKey = masterKeyOf(config);
  const db = await openDatabase(config, observers);
  const signingThreads = createCanonicaliser({
    threads: config.signingThreads,
    timeoutMs: 20_000,
    maxHeapMb: 256,
    maxQueue: 1_000,
  });
  // Strangers' documents have threads of their own, so that a hostile one never delays a signature.
  const verificationThreads = createCanonicaliser({
    threads: config.verificationThreads,
    timeoutMs: 3_000,
    maxHeapMb: 128,
    maxQueue: 64,
  });
  const http = createHttpClient({
    allowLoopback: config.allowLoopback,
    timeoutMs: 5_000,
    maxBytes: 1_048_576,
  });
  const clock = () => new Date();
  const now = () => performance.now();
  const random = (length: number) => crypto.getRandomValues(new Uint8Array(length));

  const keyStore = encryptedKeyStore({
    masterKey,
    load: ({ issuerId, id }) =>
      db.transaction({ issuerId }, (tx) => findWrappedKey(tx, issuerId, id)),
  });
  const sealing = sealingRoom({ keyStore, canonicaliseAll: signingThreads.canonicaliseAll });
  const access = accessService({ db, clock, random });
  const keys = keyService({ db, keyStore, random, now, signListsAgain: changeAll });
  const issuers = issuerService({
    db,
    keys,
    random,
    now,
    defaultBaseUrl: config.publicBaseUrl,
    allowLoopback: config.allowLoopback,
  });
  const classes = credentialClassService({ db, issuers, random, now });
  const recipients = recipientService({ db, random });
  const { onError } = observers;
  const status = statusListService({ db, issuers, keys, sealing, clock, random, onError });
  const assertions = assertionService({
    db,
    classes,
    issuers,
    recipients,
    keys,
    status,
    sealing,
    clock,
    random,
    onStep: observers.onStep ?? (() => undefined),
  });
  const publication: PublicationService = publicationService({
    db,
    issuers,
    ownBaseUrl: config.publicBaseUrl,
    verify: (body) => verification.verify(body),
    now,
  });
  // What we host is read where it lies; everything else passes the guarded client.
  const resolve = async (url: string) => (await publication.resolve(url)) ?? http.get(url);
  const verification = verificationService({
    canonicaliseAll: verificationThreads.canonicaliseAll,
    resolve,
    clock,
    allowHttpLoopback: config.allowLoopback,
  });

  const recheck = recheckService({
    db,
    canonicaliseAll: verificationThreads.canonicaliseAll,
    draw: Math.random,
    onCorrupt: (found) => onError(new CorruptDocument(found)),
  });

  return {
    db,
    access,
    issuers,
    keys,
    classes,
    recipients,
    assertions,
    auditEvents: auditEventService({ db }),
    publication,
    verification,
    verificationPage: pageVerifier(verification, resolve),
    recheck,
    jobs: [
      ...assertionJobs(assertions, onError),
      ...statusListJobs(status),
      ...accessJobs(access),
      ...recheckJobs(recheck),
    ],
    close: async () => {
      await status.flush();
      await Promise.all([signingThreads.close(), verificationThreads.close(), http.close()]);
      await db.close();
    },
  };
}

/** A stored document that no longer verifies: the bytes, their digest or their key were changed. */
class CorruptDocument extends Error {
  constructor(found: { issuerId: string; assertionId: string; format: string }) {
    super(
      `corrupt document: issuer ${found.issuerId}, award ${found.assertionId}, ${found.format}`,
    );
  }
}

function masterKeyOf(config: Config): Uint8Array {
  return config.masterKeyFile === undefined
    ? readOrMakeMasterKey(join(config.dataDir, 'master.key'))
    : readMasterKey(config.masterKeyFile);
}

const STATEMENT_TIMEOUT_MS = 15_000;

async function openDatabase(config: Config, { onError }: Observers): Promise<Database> {
  if (config.databaseUrl === undefined) {
    return openPglite({ folder: config.dataDir, migrationsFolder: MIGRATIONS_FOLDER });
  }
  if (config.migrateAtStart) await migrate(config);
  return openPostgres({
    url: config.databaseUrl,
    poolSize: config.databasePoolSize,
    statementTimeoutMs: STATEMENT_TIMEOUT_MS,
    onError,
  });
}

/** Brings the schema up to date, as the role that owns it. The embedded database does so when it is opened. */
export async function migrate(config: Config): Promise<void> {
  const url = config.migrationDatabaseUrl ?? config.databaseUrl;
  if (url !== undefined) await migratePostgres(url, MIGRATIONS_FOLDER);
}
