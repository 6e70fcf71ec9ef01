/** Every concrete thing is constructed here and nowhere else. */
import { join } from 'node:path';
import type { Config } from './config.ts';
import { hmacSha256 } from './core/digest.ts';
import { AppError } from './core/errors.ts';
import { openDatabase } from './database.ts';
import { createGate, type Gate } from './http/in-flight.ts';
import { createRateLimiter, ownLeases, type RateLimiter } from './http/rate-limit.ts';
import { createImaging } from './imaging/index.ts';
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
import { type ImageService, imageService } from './modules/image/index.ts';
import { type IssuerService, issuerService } from './modules/issuer/index.ts';
import { findWrappedKey, type KeyService, keyService } from './modules/key/index.ts';
import { type PublicationService, publicationService } from './modules/publication/index.ts';
import { type RecheckService, recheckJobs, recheckService } from './modules/recheck/index.ts';
import { type RecipientService, recipientService } from './modules/recipient/index.ts';
import { type SharingService, sharingService } from './modules/sharing/index.ts';
import { changeAll, statusListJobs, statusListService } from './modules/status-list/index.ts';
import { type VerificationService, verificationService } from './modules/verification/index.ts';
import {
  observedAssertions,
  observedClient,
  observedDatabase,
  observedJobs,
  observedKeyStore,
  observedVerification,
} from './observed.ts';
import { createHttpClient, documentCache, OutboundError } from './outbound/index.ts';
import { encryptedKeyStore } from './signing/key-store/encrypted.ts';
import { readMasterKey, readOrMakeMasterKey } from './signing/key-store/master-key.ts';
import { createCanonicaliser } from './signing/rdfc/index.ts';
import { sealingRoom } from './signing/seal.ts';
import type { Database } from './store/db.ts';
import { forgetMinutes, sharedLeases } from './store/rate-window.ts';
import { createTelemetry, type Telemetry } from './telemetry/index.ts';
import { version } from './version.ts';

export interface Services {
  readonly db: Database;
  readonly access: AccessService;
  readonly issuers: IssuerService;
  readonly images: ImageService;
  readonly keys: KeyService;
  readonly classes: CredentialClassService;
  readonly recipients: RecipientService;
  readonly assertions: AssertionService;
  readonly auditEvents: ReturnType<typeof auditEventService>;
  readonly sharing: SharingService;
  readonly publication: PublicationService;
  readonly verification: VerificationService;
  readonly recheck: RecheckService;
  readonly telemetry: Telemetry;
  /** The slots of this process. */
  readonly gate: Gate;
  /** Counts what clients and addresses ask for, together with the other processes. */
  readonly limiter: RateLimiter;
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
  const database = await openDatabase(config, observers.onError);
  const telemetry = await createTelemetry(
    { otlpEndpoint: config.otlpEndpoint, serviceName: config.otelServiceName, version },
    {
      pool: database.load,
      queues: async () => {
        const [sealing, lists] = await Promise.all([assertions.waiting(), status.waiting()]);
        return { sealing, 'status-list': lists };
      },
    },
  );
  const db = observedDatabase(database, telemetry);
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
  const http = observedClient(
    createHttpClient({
      allowLoopback: config.allowLoopback,
      timeoutMs: 5_000,
      maxBytes: 1_048_576,
    }),
    telemetry,
  );
  const documents = documentCache({ client: http, maxBytes: DOCUMENT_CACHE_BYTES });
  const clock = () => new Date();
  const now = () => performance.now();
  const random = (length: number) => crypto.getRandomValues(new Uint8Array(length));

  const keyStore = observedKeyStore(
    encryptedKeyStore({
      masterKey,
      load: ({ issuerId, id }) =>
        db.transaction({ issuerId }, (tx) => findWrappedKey(tx, issuerId, id)),
    }),
    telemetry,
  );
  const sealing = sealingRoom({ keyStore, canonicaliseAll: signingThreads.canonicaliseAll });
  const access = accessService({ db, clock, random });
  const keys = keyService({
    db,
    keyStore,
    random,
    now,
    signListsAgain: changeAll,
    onChanged: (issuerId) => publication.forgetKeys(issuerId),
  });
  const imaging = createImaging();
  const images = imageService({ db, imaging });
  const issuers = issuerService({
    db,
    keys,
    images,
    random,
    now,
    defaultBaseUrl: config.publicBaseUrl,
    allowLoopback: config.allowLoopback,
  });
  const classes = credentialClassService({ db, issuers, images, random, now });
  const recipients = recipientService({ db, random });
  const { onError } = observers;
  const status = statusListService({
    db,
    issuers,
    keys,
    sealing,
    clock,
    random,
    onPublished: (issuerId, list) => publication.forgetList(issuerId, list),
    onError,
  });
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
    onStep: (step) => {
      telemetry.step(step);
      observers.onStep?.(step);
    },
  });
  const gate = createGate(config.limits.slots, (routeClass) =>
    telemetry.metrics.refused(routeClass, 'overloaded'),
  );
  telemetry.metrics.watchLoad(gate.load);
  const publication: PublicationService = publicationService({
    db,
    issuers,
    ownBaseUrl: config.publicBaseUrl,
    verify: (body) => verification.verify(body),
    now,
  });
  const verification = verificationService({
    canonicaliseAll: verificationThreads.canonicaliseAll,
    // What we host is read where it lies; everything else passes the guarded client, and is kept for a while.
    recall: async (url, request) =>
      (await publication.resolve(url).catch(asFetched)) ?? documents.recall(url, request),
    resolve: (url, request) => gate.away('verification', () => documents.get(url, request)),
    clock,
    allowHttpLoopback: config.allowLoopback,
  });
  const limiterKey = hmacSha256(masterKey, Buffer.from('rate limits'));
  const limiter = createRateLimiter({
    lease: database.durability.engine === 'pglite' ? ownLeases(Date.now) : sharedLeases(db),
    hash: (text) => hmacSha256(limiterKey, Buffer.from(text)),
    now,
    onError,
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
    images,
    keys,
    classes,
    recipients,
    assertions: observedAssertions(assertions, telemetry),
    auditEvents: auditEventService({ db }),
    sharing: sharingService({ db, clock, random }),
    publication,
    verification: observedVerification(verification, telemetry),
    recheck,
    telemetry,
    gate,
    limiter,
    jobs: observedJobs(
      [
        ...assertionJobs(assertions, onError),
        ...statusListJobs(status),
        ...accessJobs(access),
        ...recheckJobs(recheck),
        { name: 'rate-limit.forget', everyMs: 60_000, run: () => forgetMinutes(db) },
      ],
      telemetry,
    ),
    close: async () => {
      await status.flush();
      await Promise.all([
        signingThreads.close(),
        verificationThreads.close(),
        imaging.close(),
        http.close(),
      ]);
      await db.close();
      await telemetry.close();
    },
  };
}

/** Keys and status lists of others, each of a mebibyte at most. */
const DOCUMENT_CACHE_BYTES = 33_554_432;

/** What we do not publish is as absent as it would be over the network. */
function asFetched(error: unknown): never {
  throw error instanceof AppError && error.kind === 'not-found'
    ? new OutboundError('bad-status', error)
    : error;
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
