import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { controllerOf } from '../conformance/verification/makers.ts';
import { badge, documentLoader, type Json, NOW } from '../hostile/support/issuer.ts';
import { createWorld } from '../hostile/support/world.ts';

/**
 * The libraries with which the Digital Credentials Consortium issues badges. Its verifier brings them along, in
 * versions that fit each other.
 */
const beside = createRequire(
  createRequire(import.meta.url).resolve('@digitalcredentials/verifier-core'),
);
const load = (name: string): Promise<any> =>
  import(pathToFileURL(beside.resolve(`@digitalcredentials/${name}`)).href);

const ISSUER = 'did:web:consortium.example';
const CREATED = '2026-11-20T09:00:00Z';
const ED25519_2020 = 'https://w3id.org/security/suites/ed25519-2020/v1';
const world = createWorld();
afterAll(() => world.close());

const version1 = (): Json => {
  const { validFrom, ...rest } = badge(ISSUER);
  const contexts = [
    'https://www.w3.org/2018/credentials/v1',
    'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.1.json',
    ED25519_2020,
  ];
  return { ...rest, '@context': contexts, issuanceDate: validFrom };
};

async function legacyKey() {
  const { Ed25519VerificationKey2020 } = await load('ed25519-verification-key-2020');
  const key = await Ed25519VerificationKey2020.generate({ controller: ISSUER });
  return { method: key.export({ publicKey: true }), key };
}

async function multikey() {
  const { generate } = await load('ed25519-multikey');
  const key = await generate({ controller: ISSUER });
  return { method: await key.export({ publicKey: true }), key };
}

describe.each(['Ed25519Signature2020', 'eddsa-rdfc-2022'] as const)(
  'a badge made by the Digital Credentials Consortium with %s',
  (kind) => {
    let signed: Json;
    beforeAll(async () => {
      const { issue } = await load('vc');
      const legacy = kind === 'Ed25519Signature2020';
      const { method, key } = await (legacy ? legacyKey() : multikey());
      world.documents.set(
        'https://consortium.example/.well-known/did.json',
        JSON.stringify(controllerOf(ISSUER, [method])),
      );
      const suite = legacy
        ? new (await load('ed25519-signature-2020')).Ed25519Signature2020({ key, date: CREATED })
        : new (await load('data-integrity')).DataIntegrityProof({
            signer: key.signer(),
            cryptosuite: (await load('eddsa-rdfc-2022-cryptosuite')).cryptosuite,
            date: CREATED,
          });
      const credential = legacy ? version1() : badge(ISSUER);
      signed = await issue({ credential, suite, documentLoader, now: NOW });
    });

    it('is valid', async () => {
      const report = await world.verify(signed);
      expect(report.checks.filter(({ outcome }) => outcome !== 'passed')).toMatchObject([
        { name: 'status', code: 'no-status' },
      ]);
      expect(report.verdict).toBe('valid');
    });

    it.each(['name', 'issuanceDate', 'validFrom'])('with another %s is not valid', async (name) => {
      const value = name === 'name' ? 'Another' : '2026-11-20T08:00:00Z';
      expect((await world.verify({ ...signed, [name]: value })).verdict).toBe('invalid');
    });

    it('with another proof value is not valid', async () => {
      const { proofValue } = signed['proof'];
      const other = proofValue.slice(0, -1) + (proofValue.endsWith('2') ? '3' : '2');
      const changed = { ...signed, proof: { ...signed['proof'], proofValue: other } };
      expect((await world.verify(changed)).verdict).toBe('invalid');
    });
  },
);
