/** A small web of Open Badges 2.0 documents, as their hosts answer them. */
import { CompactSign, exportSPKI, generateKeyPair } from 'jose';
import { verdictOf } from '../../../../src/core/verdict.ts';
import { type CompactJws, readCompactJws } from '../../../../src/signing/verify/compact-jws.ts';
import { verifyOpenBadge2 } from '../../../../src/signing/verify/open-badges-2/index.ts';
import type { RecipientClaim } from '../../../../src/signing/verify/report-shape.ts';
import { type VerificationTools, withinBudget } from '../../../../src/signing/verify/tools.ts';

export type Json = Record<string, any>;

export const NOW = new Date('2026-11-21T12:00:00Z');
export const CONTEXT = 'https://w3id.org/openbadges/v2';
export const ASSERTION = 'https://badges.example.org/assertions/1';
export const BADGE_CLASS = 'https://badges.example.org/classes/1';
export const ISSUER = 'https://badges.example.org/issuer';
export const KEY = 'https://badges.example.org/key';
export const LIST = 'https://badges.example.org/revoked';

/** What an address answers: a document, a text, a status other than 200, or a redirect. */
type Answer = Json | string | { readonly status: number } | { readonly location: string };

export class Web {
  readonly answers = new Map<string, Answer>();
  readonly asked: string[] = [];

  constructor(documents: readonly Json[]) {
    for (const document of documents) this.put(document);
  }

  put(document: Json): void {
    this.answers.set(document['id'], document);
  }

  get tools(): VerificationTools {
    return {
      canonicaliseAll: () => Promise.reject(new Error('not JSON-LD')),
      resolve: withinBudget((url) => this.fetch(url), 4),
      now: NOW,
      allowHttpLoopback: false,
    };
  }

  private async fetch(url: string, from = url): ReturnType<VerificationTools['resolve']> {
    if (from === url) this.asked.push(url);
    const answer = this.answers.get(url);
    if (typeof answer === 'object' && 'location' in answer) {
      return this.fetch(answer['location'], from);
    }
    const status = answer === undefined ? 404 : typeof answer === 'object' && answer['status'];
    if (typeof status === 'number') {
      throw Object.assign(new Error('no answer'), { code: status === 410 ? 'gone' : 'bad-status' });
    }
    const text = typeof answer === 'string' ? answer : JSON.stringify(answer);
    return { url, mediaType: 'application/json', body: Buffer.from(text) };
  }
}

export const assertion = (changes: Json = {}): Json => ({
  '@context': CONTEXT,
  type: 'Assertion',
  id: ASSERTION,
  recipient: { type: 'email', hashed: false, identity: 'ann@example.org' },
  badge: BADGE_CLASS,
  verification: { type: 'HostedBadge' },
  issuedOn: '2026-03-01T09:00:00Z',
  expires: '2030-03-01T09:00:00Z',
  evidence: 'https://badges.example.org/evidence/1',
  narrative: 'Passed.',
  ...changes,
});

export const badgeClass = (changes: Json = {}): Json => ({
  '@context': CONTEXT,
  type: 'BadgeClass',
  id: BADGE_CLASS,
  name: 'Data science',
  description: 'A course.',
  image: 'https://badges.example.org/image.png',
  criteria: { narrative: 'An exam.' },
  issuer: ISSUER,
  ...changes,
});

export const profile = (changes: Json = {}): Json => ({
  '@context': CONTEXT,
  type: 'Profile',
  id: ISSUER,
  name: 'Example University',
  url: 'https://www.example.org',
  email: 'badges@example.org',
  ...changes,
});

export const hosted = () => new Web([assertion(), badgeClass(), profile()]);

export interface Signer {
  readonly key: Json;
  /** A compact JWS made by jose. */
  sign(payload: Json, header?: Json): Promise<CompactJws>;
}

export async function signer(alg: string, changes: Json = {}): Promise<Signer> {
  const { publicKey, privateKey } = await generateKeyPair(alg, { extractable: true });
  const publicKeyPem = await exportSPKI(publicKey);
  return {
    key: {
      '@context': CONTEXT,
      type: 'CryptographicKey',
      id: KEY,
      owner: ISSUER,
      publicKeyPem,
      ...changes,
    },
    sign: async (payload, header = {}) => {
      const text = await new CompactSign(Buffer.from(JSON.stringify(payload)))
        .setProtectedHeader({ alg, ...header })
        .sign(privateKey, { crit: { 'urn:rule': true } });
      const token = readCompactJws(text);
      if (token === undefined) throw new Error('jose made no compact JWS');
      return token;
    },
  };
}

export const revocationList = (revokedAssertions: unknown[], changes: Json = {}): Json => ({
  '@context': CONTEXT,
  type: 'RevocationList',
  id: LIST,
  issuer: ISSUER,
  revokedAssertions,
  ...changes,
});

/** The verdict of a report, and the codes of the checks that did not pass. */
export async function verified(
  handedIn: Json | CompactJws,
  web: Web,
  claim?: RecipientClaim,
): Promise<Json> {
  const badge =
    'signingInput' in handedIn
      ? { document: handedIn['payload'], token: handedIn as CompactJws }
      : { document: handedIn };
  const result = await verifyOpenBadge2(badge, web.tools, claim);
  const checks = Object.entries(result.findings).map(([name, finding]) => ({
    name: name as 'proof',
    ...finding,
  }));
  const codes = checks.flatMap(({ name, outcome, code }) =>
    outcome === 'passed' ? [] : [[name, `${outcome}: ${code}`]],
  );
  return { verdict: verdictOf(checks), ...Object.fromEntries(codes), result };
}

/** The outcome without the whole result. */
export async function outcome(...args: Parameters<typeof verified>): Promise<Json> {
  const { result: _, ...codes } = await verified(...args);
  return codes;
}
