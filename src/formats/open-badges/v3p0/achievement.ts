import type { ClassBody } from '../../../core/annex-i/class-body.ts';
import { titleOf } from '../../../core/annex-i/rules.ts';
import type { CredentialClass } from '../../../core/credential-class.ts';
import { addressesOf, type Issuer } from '../../../core/issuer.ts';
import { textIn } from '../../../core/language-map.ts';
import { iscedFields } from '../../../core/vocabulary/isced-f.ts';
import { type JsonObject, present } from '../../vc/json.ts';
import { classAlignments } from './alignment.ts';
import { criteriaNarrative } from './narrative/criteria.ts';
import { profileReference } from './profile.ts';
import { resultDescriptions } from './result.ts';
import { marked } from './specimen.ts';

/**
 * One published version of a class (Open Badges 3.0, "Achievement"). It is built from the
 * version and from the issuer as it was at publication, so that the public document and the one inside every
 * badge are the same to the byte, whatever the issuer says of itself later.
 */
export function achievement(issuer: Issuer, credentialClass: CredentialClass): JsonObject {
  const addresses = addressesOf(issuer);
  const { body, supersedes } = credentialClass;
  const id = addresses.achievement(credentialClass.id);
  return present({
    id,
    type: ['Achievement'],
    name: marked(issuer, titleOf(body)),
    description: descriptionOf(issuer, body),
    achievementType: 'MicroCredential',
    criteria: { narrative: criteriaNarrative(issuer, credentialClass) },
    image: imageOf(issuer, credentialClass),
    creator: profileReference(issuer, languageOf(body)),
    inLanguage: languageOf(body),
    fieldOfStudy: fieldOfStudy(body),
    humanCode: body.code,
    version: String(credentialClass.version),
    creditsAvailable: creditsOf(body),
    alignment: classAlignments(issuer, body),
    resultDescription: resultDescriptions(id, body),
    related:
      supersedes === undefined
        ? []
        : [{ id: addresses.achievement(supersedes), type: ['Related'] }],
  });
}

/** The language of what can be said only once. */
export function languageOf(body: ClassBody): string {
  return body.languages[0] ?? 'en';
}

/** A description is mandatory; a published class has one. */
export function descriptionOf(issuer: Issuer, body: ClassBody): string {
  return marked(issuer, textIn(body.description ?? body.title, languageOf(body)));
}

/** Credits only where success gives credit: a workload counted in ECTS is not credit. */
export function creditsOf(body: ClassBody): number | undefined {
  return body.creditBearing === true ? body.workload?.ects : undefined;
}

/** The picture that was fixed at publication (Open Badges 3.0, "Image"). */
function imageOf(issuer: Issuer, { imageDigest, body }: CredentialClass): JsonObject | undefined {
  if (imageDigest === undefined) return undefined;
  const alt = body.image?.alt;
  return present({
    id: addressesOf(issuer).image(imageDigest),
    type: 'Image',
    caption: alt === undefined ? undefined : textIn(alt, languageOf(body)),
  });
}

function fieldOfStudy({ fieldOfStudy: fields }: ClassBody): string | undefined {
  return fields?.map((field) => iscedFields.concepts[field].label).join('; ');
}
