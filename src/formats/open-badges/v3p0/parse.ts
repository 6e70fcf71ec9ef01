/** Reads an Open Badge, ours or foreign, into what people ask of it. Never throws: what is not there is absent. */
import {
  isJsonObject,
  type JsonObject,
  type JsonValue,
  objectsOf,
  valuesOf,
} from '../../vc/json.ts';

interface AlignmentSummary {
  readonly targetName: string | undefined;
  readonly targetUrl: string | undefined;
  readonly targetType: string | undefined;
  readonly targetFramework: string | undefined;
  readonly targetCode: string | undefined;
}

interface ResultSummary {
  readonly name: string | undefined;
  readonly value: string | undefined;
  readonly status: string | undefined;
  readonly alignments: readonly AlignmentSummary[];
}

interface AchievementSummary {
  readonly id: string | undefined;
  readonly name: string | undefined;
  readonly description: string | undefined;
  readonly achievementType: string | undefined;
  readonly criteria: { readonly id: string | undefined; readonly narrative: string | undefined };
  readonly language: string | undefined;
  readonly fieldOfStudy: string | undefined;
  readonly creditsAvailable: number | undefined;
  readonly alignments: readonly AlignmentSummary[];
}

export interface OpenBadgeSummary {
  readonly id: string | undefined;
  readonly name: string | undefined;
  readonly description: string | undefined;
  readonly issuer: { readonly id: string | undefined; readonly name: string | undefined };
  readonly subjectId: string | undefined;
  /** As the badge gives it in clear. */
  readonly learnerName: string | undefined;
  readonly achievement: AchievementSummary;
  readonly narrative: string | undefined;
  readonly results: readonly ResultSummary[];
  readonly creditsEarned: number | undefined;
  readonly validFrom: string | undefined;
  readonly validUntil: string | undefined;
  readonly awardedDate: string | undefined;
  /** Alignments of the achievement to levels, among which EQF, national level and cycle. */
  readonly levels: readonly AlignmentSummary[];
}

const LEVEL_TYPES: readonly (string | undefined)[] = ['ext:EQF', 'ext:NQF', 'ext:QFEHEACycle'];

/** The summary of any JSON value. A version 1.1 credential is read as far as it says the same. */
export function parseOpenBadge(document: unknown): OpenBadgeSummary {
  const badge = objectOf(document);
  const subject = objectOf(objectsOf(badge['credentialSubject'])[0]);
  const achievement = objectOf(objectsOf(subject['achievement'])[0]);
  const alignments = alignmentsOf(achievement);
  return {
    id: stringOf(badge['id']),
    name: stringOf(badge['name']),
    description: stringOf(badge['description']),
    issuer: issuerOf(badge['issuer']),
    subjectId: stringOf(subject['id']),
    learnerName: learnerName(subject),
    achievement: achievementOf(achievement, alignments),
    narrative: stringOf(subject['narrative']),
    results: resultsOf(subject, achievement),
    creditsEarned: numberOf(subject['creditsEarned']),
    validFrom: stringOf(badge['validFrom']) ?? stringOf(badge['issuanceDate']),
    validUntil: stringOf(badge['validUntil']) ?? stringOf(badge['expirationDate']),
    awardedDate: stringOf(badge['awardedDate']),
    levels: alignments.filter(({ targetType }) => LEVEL_TYPES.includes(targetType)),
  };
}

function achievementOf(
  achievement: JsonObject,
  alignments: readonly AlignmentSummary[],
): AchievementSummary {
  const criteria = objectOf(objectsOf(achievement['criteria'])[0]);
  return {
    id: stringOf(achievement['id']),
    name: stringOf(achievement['name']),
    description: stringOf(achievement['description']),
    achievementType: stringOf(achievement['achievementType']),
    criteria: { id: stringOf(criteria['id']), narrative: stringOf(criteria['narrative']) },
    language: stringOf(achievement['inLanguage']),
    fieldOfStudy: stringOf(achievement['fieldOfStudy']),
    creditsAvailable: numberOf(achievement['creditsAvailable']),
    alignments,
  };
}

function issuerOf(value: JsonValue | undefined): OpenBadgeSummary['issuer'] {
  if (typeof value === 'string') return { id: value, name: undefined };
  const issuer = objectOf(value);
  return { id: stringOf(issuer['id']), name: stringOf(issuer['name']) };
}

/** The name among the identifiers; else that of a subject which is a Profile or simply has a name. */
function learnerName(subject: JsonObject): string | undefined {
  const named = objectsOf(subject['identifier']).find(
    ({ identityType, hashed }) =>
      (identityType === 'name' || identityType === 'ext:name') && hashed !== true,
  );
  const parts = [subject['givenName'], subject['familyName']].map(stringOf);
  const joined = parts.filter((part) => part !== undefined).join(' ');
  return (
    stringOf(named?.['identityHash']) ??
    stringOf(subject['name']) ??
    (joined === '' ? undefined : joined)
  );
}

function resultsOf(subject: JsonObject, achievement: JsonObject): ResultSummary[] {
  const descriptions = objectsOf(achievement['resultDescription']);
  return objectsOf(subject['result']).map((result) => {
    const { resultDescription } = result;
    const about = descriptions.find(({ id }) => id !== undefined && id === resultDescription);
    return {
      name: stringOf(about?.['name']),
      value: stringOf(result['value']),
      status: stringOf(result['status']),
      alignments: alignmentsOf(result),
    };
  });
}

function alignmentsOf(object: JsonObject): AlignmentSummary[] {
  return objectsOf(object['alignment']).map((alignment) => ({
    targetName: stringOf(alignment['targetName']),
    targetUrl: stringOf(alignment['targetUrl']),
    targetType: stringOf(alignment['targetType']),
    targetFramework: stringOf(alignment['targetFramework']),
    targetCode: stringOf(alignment['targetCode']),
  }));
}

function objectOf(value: unknown): JsonObject {
  return isJsonObject(value) ? value : {};
}

/** A text, also where it is the first of several. */
function stringOf(value: JsonValue | undefined): string | undefined {
  const first = valuesOf(value)[0];
  return typeof first === 'string' ? first : undefined;
}

function numberOf(value: JsonValue | undefined): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}
