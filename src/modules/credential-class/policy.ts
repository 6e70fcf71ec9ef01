/** Pure decisions on the life of a definition. */
import { contradictions, missingElements } from '../../core/annex-i/rules.ts';
import type { CredentialClass } from '../../core/credential-class.ts';
import { AppError, type Fault, invalid } from '../../core/errors.ts';
import type { AssertionId } from '../../core/id.ts';
import type { Issuer } from '../../core/issuer.ts';
import { buildOpenBadge } from '../../formats/open-badges/v3p0/build.ts';
import { lintOpenBadge } from '../../formats/open-badges/v3p0/lints.ts';
import type { ClassInput } from './schema.ts';

/** Refuses a definition that contradicts itself. */
export function refuseContradictions(input: ClassInput): void {
  const faults = contradictions(input.definition).map(inDefinition);
  if (faults.length > 0)
    throw invalid('invalid-body', 'The definition contradicts itself.', faults);
}

/** Refuses to publish a definition from which no sound credential could be made. */
export function refuseUnpublishable(credentialClass: CredentialClass, issuer: Issuer): void {
  const { body } = credentialClass;
  const missing = missingElements(body, issuer.body.qualityAssurance !== undefined).map(
    inDefinition,
  );
  const faults = missing.length > 0 ? missing : specimenFaults(credentialClass, issuer);
  if (faults.length > 0) {
    throw invalid('class-incomplete', 'The definition cannot be published yet.', faults);
  }
}

/** Stands in for the picture, which is fixed at publication. */
const ANY_IMAGE = 'A'.repeat(43);

/** A badge is made for nobody and held against the rules of its format, so that no award fails them later. */
function specimenFaults(credentialClass: CredentialClass, issuer: Issuer): Fault[] {
  const issuedAt = new Date('2026-01-01T00:00:00Z');
  const document = buildOpenBadge({
    issuer,
    credentialClass: { ...credentialClass, imageDigest: ANY_IMAGE },
    award: {
      id: '0'.repeat(26) as AssertionId,
      body: { route: 'course', awardedAt: issuedAt.toISOString() },
      recipient: {
        givenName: undefined,
        familyName: undefined,
        fullName: 'Specimen',
        birthDate: undefined,
        did: undefined,
        identifiers: [],
      },
      issuedAt,
      salt: '0'.repeat(32),
      status: (credentialClass.body.statusPurposes ?? ['revocation']).map((purpose, at) => ({
        purpose,
        list: at + 1,
        index: 0,
      })),
      supersedes: undefined,
    },
  });
  return lintOpenBadge(document);
}

/** Only a draft can be changed, published or deleted. */
export function refuseUnlessDraft(credentialClass: CredentialClass): void {
  if (credentialClass.state === 'draft') return;
  throw new AppError(
    'conflict',
    'class-immutable',
    `This version is ${credentialClass.state} and never changes; revise it to make the next one.`,
  );
}

export function refuseUnlessPublished(credentialClass: CredentialClass): void {
  if (credentialClass.state === 'published') return;
  throw new AppError(
    'conflict',
    `class-${credentialClass.state}`,
    `This version is ${credentialClass.state}, not published.`,
  );
}

function inDefinition(fault: Fault): Fault {
  return { ...fault, pointer: `/definition${fault.pointer}` };
}
