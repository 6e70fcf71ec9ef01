import type { AwardBody } from '../../../../core/annex-i/award-body.ts';
import type { ClassBody } from '../../../../core/annex-i/class-body.ts';
import type { Award } from '../../../../core/assertion.ts';
import type { CredentialClass } from '../../../../core/credential-class.ts';
import { addressesOf, type Issuer } from '../../../../core/issuer.ts';
import { assessmentsInWords, nameOfAssessment } from './assessments.ts';
import { inLanguages, section } from './criteria.ts';
import { bullets, inline, labelled, link } from './markdown.ts';
import { joined, type Say } from './say.ts';
import { participationInWords } from './sections.ts';

/**
 * `credentialSubject.narrative`: what this award says beside its class or in place of it, in the languages of
 * the class. Undefined where it says nothing.
 */
export function awardNarrative(
  issuer: Issuer,
  { body }: CredentialClass,
  award: Award,
): string | undefined {
  const narrative = inLanguages(body, (say) => {
    const parts = awardParts(issuer, body, award, say);
    const notice = issuer.test ? `**${say.phrases.specimen}**` : undefined;
    return joined([notice, ...parts], '\n\n');
  });
  return narrative === '' ? undefined : narrative;
}

function awardParts(
  issuer: Issuer,
  classBody: ClassBody,
  award: Award,
  say: Say,
): (string | undefined)[] {
  const { phrases } = say;
  const { headings } = phrases;
  const { body } = award;
  const corrected = award.supersedes && link(addressesOf(issuer).credential(award.supersedes));
  return [
    body.route === 'validation' ? phrases.validated : undefined,
    corrected && `${phrases.corrects} ${corrected}`,
    body.narrative && say.block(body.narrative),
    section(headings.results, resultsInWords(classBody, body, say)),
    section(headings.participation, body.participation && participationInWords(body.participation)),
    section(headings.assessments, body.assessments && assessmentsInWords(body.assessments, say)),
    section(
      headings.learningSetting,
      body.learningSetting && phrases.settings[body.learningSetting],
    ),
    section(headings.awardedPlace, body.awardedPlace && placeInWords(body.awardedPlace)),
  ];
}

function resultsInWords(classBody: ClassBody, award: AwardBody, say: Say): string {
  const assessments = award.assessments ?? classBody.assessments ?? [];
  return bullets(
    (award.results ?? []).map(({ assessment, value }) => {
      const about = assessments.find(({ id }) => id !== undefined && id === assessment);
      const name =
        about === undefined
          ? inline(assessment ?? say.phrases.overall)
          : nameOfAssessment(about, say);
      return labelled(name, inline(value));
    }),
  );
}

function placeInWords({
  locality,
  region,
  country,
}: NonNullable<AwardBody['awardedPlace']>): string {
  return inline(joined([locality, region, country], ', '));
}
