/** Puts the watch around what is constructed in wire.ts, so that no room has to know that it is watched. */
import type { Job } from './jobs/runner.ts';
import type { AssertionService } from './modules/assertion/index.ts';
import type { VerificationOutcome, VerificationService } from './modules/verification/index.ts';
import { type HttpClient, OutboundError } from './outbound/index.ts';
import type { KeyStore } from './signing/key-store/encrypted.ts';
import type { Database } from './store/db.ts';
import type { Telemetry } from './telemetry/index.ts';

export function observedDatabase(db: Database, telemetry: Telemetry): Database {
  return {
    ...db,
    transaction: (scope, work) =>
      telemetry.database('transaction', () => db.transaction(scope, work), outcomeOfStatement),
    essential: (scope, work) =>
      telemetry.database('essential', () => db.essential(scope, work), outcomeOfStatement),
    call: (name, text, values) =>
      telemetry.database(name, () => db.call(name, text, values), outcomeOfStatement),
  };
}

/** A refusal thrown inside a transaction rolls back as it should; what the server or the connection says failed. */
function outcomeOfStatement(error: unknown): string {
  const { code, cause } = error as { code?: unknown; cause?: { code?: unknown } };
  const state = cause?.code ?? code;
  if (typeof state !== 'string') return 'rolled-back';
  // States of our own functions (MC001...) are refusals too.
  if (/^[0-9A-Z]{5}$/.test(state)) return state.startsWith('MC') ? 'rolled-back' : 'failed';
  return /^E[A-Z]+$/.test(state) ? 'unreachable' : 'rolled-back';
}

export function observedClient(client: HttpClient, telemetry: Telemetry): HttpClient {
  return {
    ...client,
    get: (...request) =>
      telemetry.fetch(
        () => client.get(...request),
        (error) => (error instanceof OutboundError ? error.code : 'failed'),
      ),
  };
}

export function observedKeyStore(keyStore: KeyStore, telemetry: Telemetry): KeyStore {
  return {
    ...keyStore,
    sign: (name, data) =>
      telemetry.signature(name.algorithm, name.purpose, () => keyStore.sign(name, data)),
  };
}

export function observedAssertions(
  service: AssertionService,
  telemetry: Telemetry,
): AssertionService {
  return {
    ...service,
    issue: (...request) => telemetry.issuance(() => service.issue(...request)),
    reissue: (...request) => telemetry.issuance(() => service.reissue(...request)),
  };
}

export function observedVerification(
  service: VerificationService,
  telemetry: Telemetry,
): VerificationService {
  const counted = (report: VerificationOutcome): VerificationOutcome => {
    telemetry.metrics.verified(report.verdict);
    return report;
  };
  return {
    ...service,
    verify: async (...request) => counted(await service.verify(...request)),
    verifyAddress: async (...request) => counted(await service.verifyAddress(...request)),
  };
}

export function observedJobs(jobs: readonly Job[], telemetry: Telemetry): Job[] {
  return jobs.map((job) => ({ ...job, run: () => telemetry.job(job.name, job.run) }));
}
