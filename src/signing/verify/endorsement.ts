/**
 * Endorsements: what others say of the credential, of its achievement or of its issuer (Open Badges 3.0,
 * "EndorsementCredential"). Each is a credential of its own and is verified like one, out of the same budget
 * of addresses and time. Whatever comes out, it says nothing about the credential that carries it.
 */
import {
  isJsonObject,
  type JsonObject,
  type JsonValue,
  objectsOf,
  valuesOf,
} from '../../formats/vc/json.ts';
import { readCandidate } from './candidate.ts';
import { checkCredential, guarded, judged, unreadable } from './checks.ts';
import { type Finding, failed, isFinding, passed } from './finding.ts';
import { issuerIdOf } from './issuer-key.ts';
import type { Endorsement } from './report-shape.ts';
import { textOf } from './summary.ts';
import type { VerificationTools } from './tools.ts';

const MAX_ENDORSEMENTS = 10;

/** An endorsement where it stands, and the id of what it should be about. */
interface Placed {
  readonly about: Endorsement['about'];
  readonly endorsedId: JsonValue | undefined;
  readonly value: JsonValue;
}

/** One after the other, so that those that come first have the budget. The first ten are looked at. */
export async function checkEndorsements(
  document: JsonObject,
  tools: VerificationTools,
): Promise<Endorsement[]> {
  const endorsements: Endorsement[] = [];
  for (const placed of endorsementsOf(document).slice(0, MAX_ENDORSEMENTS)) {
    endorsements.push(await checkEndorsement(placed, tools));
  }
  return endorsements;
}

function endorsementsOf(document: JsonObject): Placed[] {
  const { issuer } = document;
  const achievements = objectsOf(document['credentialSubject']).flatMap((subject) =>
    objectsOf(subject['achievement']),
  );
  return [
    ...placedIn('credential', document),
    ...achievements.flatMap((achievement) => placedIn('achievement', achievement)),
    ...(isJsonObject(issuer) ? placedIn('issuer', issuer) : []),
  ];
}

function placedIn(about: Placed['about'], endorsed: JsonObject): Placed[] {
  const values = [...valuesOf(endorsed['endorsement']), ...valuesOf(endorsed['endorsementJwt'])];
  return values.map((value) => ({ about, endorsedId: endorsed['id'], value }));
}

async function checkEndorsement(
  { about, endorsedId, value }: Placed,
  tools: VerificationTools,
): Promise<Endorsement> {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  const candidate = await guarded(() => readCandidate(Buffer.from(text)));
  if (isFinding(candidate)) {
    return { about, issuer: {}, ...judged(unreadable(candidate).findings) };
  }
  const { document } = candidate;
  const { findings } = await checkCredential(
    candidate,
    (endorsement) => checkStructure(endorsement, endorsedId),
    tools,
  );
  return { about, ...statementOf(document), ...judged(findings) };
}

function statementOf(document: JsonObject): Pick<Endorsement, 'issuer' | 'comment'> {
  const { issuer } = document;
  const id = textOf(issuerIdOf(document));
  const name = isJsonObject(issuer) ? textOf(issuer['name']) : undefined;
  const comment = textOf(objectsOf(document['credentialSubject'])[0]?.['endorsementComment']);
  return {
    issuer: { ...(id !== undefined && { id }), ...(name !== undefined && { name }) },
    ...(comment !== undefined && { comment }),
  };
}

const REQUIRED_TYPES = ['VerifiableCredential', 'EndorsementCredential'] as const;
const SOUND = passed('The endorsement is about what it stands beside.');
const MALFORMED = failed(
  'not-an-endorsement',
  'It is not a sound EndorsementCredential: types, id, issuer and one subject are needed.',
);
const OF_ANOTHER = failed(
  'endorsement-of-another',
  'The endorsement is about something else than what it stands beside.',
);

/** An endorsement is bound to what it endorses by that id alone: without the check it could be lent to others. */
function checkStructure(document: JsonObject, endorsedId: JsonValue | undefined): Finding {
  const types = valuesOf(document['type']);
  const [subject, ...others] = valuesOf(document['credentialSubject']);
  const sound =
    REQUIRED_TYPES.every((type) => types.includes(type)) &&
    isText(document['id']) &&
    issuerIdOf(document) !== undefined &&
    isJsonObject(subject) &&
    others.length === 0 &&
    isText(subject['id']);
  if (!sound) return MALFORMED;
  return subject['id'] === endorsedId ? SOUND : OF_ANOTHER;
}

function isText(value: JsonValue | undefined): boolean {
  return typeof value === 'string' && value !== '';
}
