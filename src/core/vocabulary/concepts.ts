/**
 * Concepts of the European vocabularies a definition or an award may name.
 *
 * Codes, addresses and English labels are those of the lists published by the Publications Office of the EU
 * (http://data.europa.eu/snb/...), the ones the European Learning Model requires. The keys are ours: the
 * official English label in kebab case, because a person writes and reads them.
 */
import { concept, vocabulary } from './vocabulary.ts';

/** Types of assessment (Annex I, element 9). */
export const assessmentTypes = vocabulary('http://data.europa.eu/snb/assessment/25831c2', {
  'peer-assessment': concept('http://data.europa.eu/snb/assessment/19a2e5e671', 'peer assessment'),
  'marked-assignment': concept(
    'http://data.europa.eu/snb/assessment/2939dae15f',
    'marked assignment',
  ),
  'continuous-evaluation': concept(
    'http://data.europa.eu/snb/assessment/3484bd7e51',
    'continuous evaluation',
  ),
  portfolio: concept('http://data.europa.eu/snb/assessment/4f03b91c0e', 'portfolio'),
  'group-performance': concept(
    'http://data.europa.eu/snb/assessment/56539a6507',
    'group performance',
  ),
  'practical-assessment': concept(
    'http://data.europa.eu/snb/assessment/6a4db9f11d',
    'practical assessment',
  ),
  'written-examination': concept(
    'http://data.europa.eu/snb/assessment/6e6cb2cc78',
    'written examination',
  ),
  'level-of-attendance': concept(
    'http://data.europa.eu/snb/assessment/7331eb4762',
    'level of attendance',
  ),
  'project-work': concept('http://data.europa.eu/snb/assessment/795dac4096', 'project work'),
  'peer-review': concept('http://data.europa.eu/snb/assessment/812e3b0ae1', 'peer review'),
  quiz: concept('http://data.europa.eu/snb/assessment/b1b68f6735', 'quiz'),
  'problem-based-learning': concept(
    'http://data.europa.eu/snb/assessment/c4256a2726',
    'problem based learning',
  ),
  'oral-examination': concept(
    'http://data.europa.eu/snb/assessment/d30284d7df',
    'oral examination',
  ),
  'artefact-assessment': concept(
    'http://data.europa.eu/snb/assessment/de4d165a6c',
    'artefact assessment',
  ),
});

/** Modes of learning and assessment (Annex I, element 10). */
export const learningModes = vocabulary('http://data.europa.eu/snb/learning-assessment/25831c2', {
  workbased: concept('http://data.europa.eu/snb/learning-assessment/729f3bed4b', 'Workbased'),
  'project-based': concept(
    'http://data.europa.eu/snb/learning-assessment/7813801c77',
    'Project based',
  ),
  presential: concept('http://data.europa.eu/snb/learning-assessment/9191af2ed9', 'Presential'),
  online: concept('http://data.europa.eu/snb/learning-assessment/920fbb3cbe', 'Online'),
  blended: concept('http://data.europa.eu/snb/learning-assessment/e92d221e4d', 'Blended'),
  'research-lab-based': concept(
    'http://data.europa.eu/snb/learning-assessment/ed4c557045',
    'Research-Lab based',
  ),
  hybrid: concept('http://data.europa.eu/snb/learning-assessment/c_3a90b26d', 'Hybrid'),
});

/** Learning settings. The list has no code for informal learning. */
export const learningSettings = vocabulary('http://data.europa.eu/snb/learning-setting/25831c2', {
  'formal-learning': concept(
    'http://data.europa.eu/snb/learning-setting/6fd4685715',
    'formal learning',
  ),
  'non-formal-learning': concept(
    'http://data.europa.eu/snb/learning-setting/e207a81fc7',
    'non-formal learning',
  ),
});

/** Types of learning opportunity. */
export const learningOpportunityTypes = vocabulary(
  'http://data.europa.eu/snb/learning-opportunity/25831c2',
  {
    course: concept('http://data.europa.eu/snb/learning-opportunity/05053c1cbe', 'Course'),
    'programme-module': concept(
      'http://data.europa.eu/snb/learning-opportunity/0f7dac46ca',
      'Programme module',
    ),
    mentoring: concept('http://data.europa.eu/snb/learning-opportunity/11252a5207', 'Mentoring'),
    mooc: concept('http://data.europa.eu/snb/learning-opportunity/17744a2647', 'MOOC'),
    apprenticeship: concept(
      'http://data.europa.eu/snb/learning-opportunity/63f9f6180c',
      'Apprenticeship',
    ),
    'study-visit': concept(
      'http://data.europa.eu/snb/learning-opportunity/65a4cf5de2',
      'Study visit',
    ),
    'short-learning-programme': concept(
      'http://data.europa.eu/snb/learning-opportunity/74a4a268e8',
      'Short learning programme',
    ),
    internship: concept('http://data.europa.eu/snb/learning-opportunity/77b99de990', 'Internship'),
    'educational-programme': concept(
      'http://data.europa.eu/snb/learning-opportunity/79343569f3',
      'Educational programme',
    ),
    class: concept('http://data.europa.eu/snb/learning-opportunity/7e1ac538db', 'Class'),
    'service-learning': concept(
      'http://data.europa.eu/snb/learning-opportunity/8b965da2d4',
      'Service learning',
    ),
    thesis: concept('http://data.europa.eu/snb/learning-opportunity/b2434ca358', 'Thesis'),
  },
);

/** Types of quality assurance and licensing (Annex I, element 11). */
export const accreditationTypes = vocabulary('http://data.europa.eu/snb/accreditation/25831c2', {
  'institutional-license': concept(
    'http://data.europa.eu/snb/accreditation/003293d2ce',
    'Institutional License',
  ),
  'program-quality-assurance': concept(
    'http://data.europa.eu/snb/accreditation/820101cba6',
    'Program Quality Assurance',
  ),
  'institutional-quality-assurance': concept(
    'http://data.europa.eu/snb/accreditation/bb4618238e',
    'Institutional Quality Assurance',
  ),
  'program-license': concept(
    'http://data.europa.eu/snb/accreditation/e57dddfcf3',
    'Program License',
  ),
  'eqar-institutional-accreditation': concept(
    'http://data.europa.eu/snb/accreditation/c_1f1a469a',
    'EQAR Institutional accreditation',
  ),
});

/** How far a skill can be used elsewhere. */
export const skillReuseLevels = vocabulary('http://data.europa.eu/snb/skill-reuse-level/25831c2', {
  'cross-sector-skills-and-competences': concept(
    'http://data.europa.eu/snb/skill-reuse-level/cross-sector',
    'cross-sector skills and competences',
  ),
  'occupation-specific-skills-and-competences': concept(
    'http://data.europa.eu/snb/skill-reuse-level/occupation-specific',
    'occupation specific skills and competences',
  ),
  'sector-specific-skills-and-competences': concept(
    'http://data.europa.eu/snb/skill-reuse-level/sector-specific',
    'sector specific skills and competences',
  ),
  'transversal-skills-and-competences': concept(
    'http://data.europa.eu/snb/skill-reuse-level/transversal',
    'transversal skills and competences',
  ),
});

/** Levels of the European Qualifications Framework (Annex I, element 8). */
export const eqfLevels = vocabulary('http://data.europa.eu/snb/eqf/25831c2', {
  'level-1': concept('http://data.europa.eu/snb/eqf/1', 'Level 1'),
  'level-2': concept('http://data.europa.eu/snb/eqf/2', 'Level 2'),
  'level-3': concept('http://data.europa.eu/snb/eqf/3', 'Level 3'),
  'level-4': concept('http://data.europa.eu/snb/eqf/4', 'Level 4'),
  'level-5': concept('http://data.europa.eu/snb/eqf/5', 'Level 5'),
  'level-6': concept('http://data.europa.eu/snb/eqf/6', 'Level 6'),
  'level-7': concept('http://data.europa.eu/snb/eqf/7', 'Level 7'),
  'level-8': concept('http://data.europa.eu/snb/eqf/8', 'Level 8'),
});

/** Supervision and identity verification. The list has no code for supervision without verification. */
export const supervisionTypes = vocabulary(
  'http://data.europa.eu/snb/supervision-verification/25831c2',
  {
    'supervised-with-id-verification': concept(
      'http://data.europa.eu/snb/supervision-verification/70be69aaf9',
      'Supervised with ID Verification',
    ),
    'unsupervised-without-id-verification': concept(
      'http://data.europa.eu/snb/supervision-verification/c598449d64',
      'Unsupervised without ID Verification',
    ),
  },
);
