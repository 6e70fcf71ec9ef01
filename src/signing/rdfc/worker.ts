/**
 * The body of a canonicalising worker thread: JSON-LD expansion in safe mode and RDFC-1.0 (W3C RDF Dataset
 * Canonicalization). It runs apart because both libraries can be made slow or greedy by a hostile document,
 * and because jsonld writes through `__proto__` ids (digitalbazaar/jsonld.js issue 584): with
 * `Object.prototype` frozen that attempt throws.
 */
import process from 'node:process';
import { threadId } from 'node:worker_threads';
import jsonld from 'jsonld';
import jsonldUtil from 'jsonld/lib/util.js';
import { CONTEXTS } from '../../formats/contexts/contexts.ts';
import type { JsonObject } from '../../formats/vc/json.ts';
import type { CanonicalisationFault } from './error.ts';
import {
  noteStart,
  type RdfDigest,
  type WorkerAnswer,
  type WorkerOutcome,
  type WorkerTask,
} from './task.ts';

/** Work allowed on blank nodes that first hashes cannot tell apart: linear in their number. */
const MAX_WORK_FACTOR = 1;
const MAX_SUBJECT_LENGTH = 100;

shareTermDefinitions();
Object.freeze(Object.prototype);

class UnknownContext extends Error {
  readonly context: string;

  constructor(context: string) {
    super('unknown context');
    this.context = context;
  }
}

/** A document that states nothing has the same form, and signature, as every other such document. */
class NoStatements extends Error {}

/** The canonical N-Quads of each document, or the fault of the first that has none. */
export async function canonicaliseAll(task: WorkerTask): Promise<WorkerAnswer> {
  const before = cpuMs();
  noteStart(task, threadId, before);
  const outcome = await outcomeOf(task);
  return { ...outcome, cpuMs: cpuMs() - before };
}

async function outcomeOf({ documents, digest }: WorkerTask): Promise<WorkerOutcome> {
  try {
    const canonical: string[] = [];
    for (const document of documents) canonical.push(await canonicaliseOne(document, digest));
    return { canonical };
  } catch (error) {
    return answerOf(error);
  }
}

/** Processor time of this thread, in milliseconds. */
function cpuMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}

async function canonicaliseOne(document: JsonObject, digest: RdfDigest): Promise<string> {
  refuseForeignContexts(document);
  const canonical = await jsonld.canonize(document, {
    algorithm: 'RDFC-1.0',
    format: 'application/n-quads',
    safe: true,
    base: null,
    // The cryptosuites of other makers write the direction of a text so; without one it changes nothing.
    rdfDirection: 'i18n-datatype',
    documentLoader: loadContext,
    canonizeOptions: {
      algorithm: 'RDFC-1.0',
      maxWorkFactor: MAX_WORK_FACTOR,
      messageDigestAlgorithm: DIGESTS[digest],
    },
  });
  if (canonical === '') throw new NoStatements();
  return canonical;
}

const DIGESTS = { 'SHA-256': 'sha256', 'SHA-384': 'sha384' } as const;

async function loadContext(url: string) {
  const context = CONTEXTS.get(url);
  if (context === undefined) throw new UnknownContext(url);
  return {
    contextUrl: null,
    documentUrl: url,
    // jsonld resolves addresses inside the document it is given in place.
    document: structuredClone(context),
    tag: 'static' as const,
  };
}

/** Contexts are pinned copies named by address. One written into a document could give its terms any meaning. */
function refuseForeignContexts(value: unknown): void {
  if (Array.isArray(value)) value.forEach(refuseForeignContexts);
  else if (typeof value === 'object' && value !== null) {
    for (const [name, member] of Object.entries(value)) {
      if (name === '@context') refuseUnlessPinned(member);
      else refuseForeignContexts(member);
    }
  }
}

function refuseUnlessPinned(context: unknown): void {
  for (const entry of Array.isArray(context) ? context : [context]) {
    if (typeof entry !== 'string') throw new UnknownContext('inline');
    if (!CONTEXTS.has(entry)) throw new UnknownContext(entry);
  }
}

function answerOf(error: unknown): WorkerOutcome {
  if (error instanceof UnknownContext) return answer('unknown-context', error.context);
  if (error instanceof RangeError) return answer('too-complex');
  const { name, message, details } = error as JsonLdFailure;
  if (name === 'jsonld.ValidationError') {
    return answer('undefined-term', subjectOf(details?.event?.details));
  }
  if (details?.code === 'loading remote context failed')
    return answer('unknown-context', details.url);
  // rdf-canonize reports its work bound only by this message.
  if (message?.startsWith('Maximum deep iterations exceeded')) return answer('too-complex');
  return answer('malformed', details?.code);
}

/** What jsonld throws, as far as it is read. */
interface JsonLdFailure {
  readonly name?: string;
  readonly message?: string;
  readonly details?: {
    readonly code?: string;
    readonly url?: string;
    readonly event?: { readonly details?: Readonly<Record<string, unknown>> };
  };
}

function subjectOf(details: Readonly<Record<string, unknown>> | undefined): string | undefined {
  const values = Object.values(details ?? {});
  return values.find((value): value is string => typeof value === 'string');
}

function answer(fault: CanonicalisationFault, subject?: string): WorkerOutcome {
  return subject === undefined
    ? { fault }
    : { fault, subject: subject.slice(0, MAX_SUBJECT_LENGTH) };
}

/**
 * jsonld copies every term definition each time it enters a scoped context, which takes three quarters of
 * the time. It never changes a definition once it stands in the map of an active context, so the maps are
 * copied and the definitions shared. Maps are cloned nowhere else in jsonld 9.
 */
function shareTermDefinitions(): void {
  const cloneDeep = jsonldUtil.clone;
  jsonldUtil.clone = (value) => (value instanceof Map ? new Map(value) : cloneDeep(value));
}
