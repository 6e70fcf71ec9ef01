/** Names the documents of Open Badges 3.0 are made of. */
import { OPEN_BADGES_3_0_3 } from '../../contexts/contexts.ts';
import { CREDENTIALS_V2 } from '../../vc/envelope.ts';

/**
 * Exactly these, in this order ("Serialization to JSON"). No context of our own: verifiers with a fixed set
 * of contexts, which is most of them, would refuse the badge.
 */
export const OPEN_BADGES_CONTEXTS = [CREDENTIALS_V2, OPEN_BADGES_3_0_3] as const;

/** The two names of the credential type; the context maps both to one IRI. */
export const OPEN_BADGE_CREDENTIAL = 'OpenBadgeCredential';
export const ACHIEVEMENT_CREDENTIAL = 'AchievementCredential';

/**
 * Kinds of concept our alignments point to. The vocabulary of Open Badges names frameworks of competencies
 * and rubrics only and is extended by `ext:` names (AlignmentTargetType).
 */
export const TARGET_TYPES = [
  'ext:EQF',
  'ext:NQF',
  'ext:QFEHEACycle',
  'ext:ISCEDF',
  'ext:ESCO',
  'ext:AssessmentType',
  'ext:ParticipationMode',
  'ext:Supervision',
  'ext:QualityAssurance',
  'ext:Stackability',
  'ext:LearningSetting',
] as const;
export type TargetType = (typeof TARGET_TYPES)[number];
