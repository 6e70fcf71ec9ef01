/** What the demonstration issues: a micro-credential as a university in French-speaking Belgium would offer it. */
import type { ClassBody } from '../core/annex-i/class-body.ts';
import type { IssuerBody } from '../core/annex-i/issuer-body.ts';

export const ISSUER: IssuerBody = {
  name: { fr: 'Université de la Haine-Exemple', en: 'University of Haine-Example' },
  legalName: 'Université de la Haine-Exemple ASBL',
  description: {
    fr: 'Université fictive de la Fédération Wallonie-Bruxelles, pour la démonstration.',
    en: 'Fictitious university of the Wallonia-Brussels Federation, for demonstration.',
  },
  address: {
    country: 'BE',
    region: 'Hainaut',
    locality: 'Mons',
    postalCode: '7000',
    street: 'Place du Parc 20',
  },
  identifiers: [
    { kind: 'vat', value: 'BE0000000097' },
    { kind: 'schac', value: 'haine.example' },
  ],
  homepage: 'https://www.haine.example',
  email: 'registrar@haine.example',
  qualityAssurance: [
    {
      scope: 'external',
      type: 'institutional-quality-assurance',
      standard: 'esg',
      description: {
        fr: 'Évaluation institutionnelle externe selon les références européennes (ESG).',
        en: 'External institutional review under the European Standards and Guidelines (ESG).',
      },
      agency: {
        name: {
          fr: 'Agence pour l’évaluation de la qualité (exemple)',
          en: 'Quality evaluation agency (example)',
        },
        country: 'BE',
      },
      validFrom: '2024-09-01',
    },
    {
      scope: 'internal',
      description: {
        fr: 'Évaluation des enseignements par les apprenants et revue par les pairs à chaque édition.',
        en: 'Learner evaluation and peer review of every edition.',
      },
    },
  ],
  recognitionPolicy: 'https://www.haine.example/recognition',
  microCredentialTerm: { fr: 'microcertification', en: 'micro-credential' },
};

export const CLASS: ClassBody = {
  languages: ['fr', 'en'],
  title: {
    fr: 'Littératie des données de santé',
    en: 'Health data literacy',
  },
  description: {
    fr: 'Formation courte destinée aux professionnels de la santé : collecter, préparer, analyser et communiquer des données de santé dans le respect du cadre éthique et légal.',
    en: 'A short course for health professionals: collecting, preparing, analysing and communicating health data within the ethical and legal framework.',
  },
  code: 'FC-SAN-2026-03',
  learningOutcomes: [
    {
      text: {
        fr: 'Expliquer les obligations du RGPD applicables à un jeu de données de santé.',
        en: 'Explain the GDPR obligations that apply to a set of health data.',
      },
      kind: 'knowledge',
    },
    {
      text: {
        fr: 'Préparer et documenter un jeu de données cliniques en vue de son analyse.',
        en: 'Prepare and document a clinical data set for analysis.',
      },
      kind: 'skill',
      reuseLevel: 'sector-specific-skills-and-competences',
    },
    {
      text: {
        fr: 'Interpréter une analyse descriptive et en présenter les limites à des non-spécialistes.',
        en: 'Interpret a descriptive analysis and present its limits to non-specialists.',
      },
      kind: 'skill',
    },
    {
      text: {
        fr: 'Assumer la responsabilité éthique de l’usage des données dans son service.',
        en: 'Take ethical responsibility for the use of data in one’s own department.',
      },
      kind: 'responsibility-and-autonomy',
    },
  ],
  workload: {
    ects: 4,
    hours: 110,
    breakdown: { contactHours: 24, selfStudyHours: 80, assessmentHours: 6 },
  },
  creditBearing: true,
  creditLegalBasis: {
    fr: 'Décret du 7 novembre 2013 (« décret Paysage »), formation continue.',
    en: 'Decree of 7 November 2013 ("Landscape decree"), continuing education.',
  },
  level: {
    eqf: { level: 'level-7', basis: { kind: 'declared' } },
    cycle: { cycle: 'second-cycle', basis: { kind: 'declared' } },
  },
  assessments: [
    {
      id: 'examen',
      type: 'written-examination',
      title: { fr: 'Examen écrit', en: 'Written examination' },
      mode: 'presential',
      weightPercent: 40,
      criteria: {
        fr: 'Exactitude des réponses et justification des choix.',
        en: 'Accuracy of the answers and reasons given.',
      },
      supervision: 'supervised-onsite-verified',
    },
    {
      id: 'projet',
      type: 'project-work',
      title: { fr: 'Projet d’analyse', en: 'Analysis project' },
      mode: 'project-based',
      weightPercent: 60,
      criteria: {
        fr: 'Qualité de la préparation, pertinence de l’analyse, clarté de la présentation orale.',
        en: 'Quality of preparation, relevance of the analysis, clarity of the oral presentation.',
      },
      assessor: { fr: 'Jury de la formation', en: 'Jury of the course' },
      supervision: 'supervised-online-verified',
    },
  ],
  gradingScheme: {
    kind: 'points',
    name: { fr: 'Note sur 20', en: 'Mark out of 20' },
    minimum: 0,
    maximum: 20,
    passMark: '10',
  },
  participation: ['blended'],
  prerequisites: {
    fr: 'Bachelier dans le domaine de la santé, ou expérience professionnelle équivalente.',
    en: 'A bachelor’s degree in health, or equivalent professional experience.',
  },
  stackability: {
    kind: 'stackable',
    description: {
      fr: 'Peut être valorisée, sur décision du jury, dans le certificat en informatique de la santé.',
      en: 'May be credited, by decision of the jury, towards the certificate in health informatics.',
    },
    towards: [
      {
        name: {
          fr: 'Certificat en informatique de la santé',
          en: 'Certificate in health informatics',
        },
      },
    ],
  },
  fieldOfStudy: ['0914', '0612'],
  opportunityType: 'short-learning-programme',
  contributors: [
    {
      name: { fr: 'Hôpital universitaire (exemple)', en: 'University hospital (example)' },
      country: 'BE',
    },
  ],
  targetGroup: {
    fr: 'Infirmiers, paramédicaux et gestionnaires de services de santé.',
    en: 'Nurses, allied health professionals and health service managers.',
  },
  approval: { body: 'Conseil d’administration', reference: 'CA 2026/04-17', date: '2026-04-21' },
  homepage: 'https://www.haine.example/fc/litteratie-donnees-sante',
  furtherInformation: {
    fr: 'Trois éditions par an, en soirée et en ligne.',
    en: 'Three editions a year, in the evening and online.',
  },
};

export interface Learner {
  /** Begins the names of the learner's files. */
  readonly file: string;
  readonly recipient: Readonly<Record<string, unknown>>;
  readonly award: Readonly<Record<string, unknown>>;
}

const period = { start: '2026-02-02', end: '2026-06-12' };
const course = { route: 'course', awardedAt: '2026-06-30T12:00:00Z', activityPeriod: period };

export const LEARNERS: readonly Learner[] = [
  {
    file: 'zoe-lefevre',
    recipient: {
      givenName: 'Zoé',
      familyName: 'Lefèvre',
      identifiers: [
        { type: 'student-number', value: 'H-2026-0417' },
        { type: 'email', value: 'zoe.lefevre@etu.haine.example' },
      ],
    },
    award: { ...course, learningSetting: 'formal', results: [{ value: '16' }] },
  },
  {
    file: 'noor-el-amrani',
    recipient: {
      givenName: 'Noor',
      familyName: 'El Amrani',
      identifiers: [
        {
          type: 'esi',
          value: 'urn:schac:personalUniqueCode:int:esi:haine.example:H20260533',
        },
      ],
    },
    award: {
      ...course,
      learningSetting: 'formal',
      results: [{ value: '14' }],
      identifyBy: ['esi'],
    },
  },
  {
    file: 'lukasz-wisniewski',
    recipient: {
      givenName: 'Łukasz',
      familyName: 'Wiśniewski',
      identifiers: [{ type: 'student-number', value: 'H-2026-0688' }],
    },
    award: {
      route: 'validation',
      awardedAt: '2026-07-03T15:00:00Z',
      learningSetting: 'non-formal',
      participation: ['workbased'],
      assessments: [
        {
          id: 'jury',
          type: 'recognition-of-prior-learning',
          title: { fr: 'Dossier et entretien avec le jury', en: 'Portfolio and jury interview' },
          assessor: { fr: 'Jury de valorisation des acquis', en: 'Validation jury' },
          supervision: 'supervised-onsite-verified',
        },
      ],
      results: [{ value: '15' }],
      narrative: {
        fr: 'Acquis de l’expérience validés : six ans de gestion des données d’un service d’urgence.',
        en: 'Prior experience validated: six years managing the data of an emergency department.',
      },
    },
  },
  {
    file: 'emma-dubois',
    recipient: {
      givenName: 'Emma',
      familyName: 'Dubois',
      identifiers: [{ type: 'student-number', value: 'H-2026-0702' }],
    },
    award: { ...course, learningSetting: 'formal', results: [{ value: '12' }] },
  },
];
