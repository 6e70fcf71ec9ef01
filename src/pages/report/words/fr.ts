import type { ReportLabels } from './shape.ts';

export const fr: ReportLabels = {
  headline: {
    valid: 'Cette attestation est valide.',
    invalid: 'Cette attestation n’est pas valide.',
    undetermined: 'Cette attestation n’a pas pu être entièrement vérifiée.',
  },
  explanation: {
    valid: 'Toutes les vérifications applicables ont été faites et sont réussies.',
    invalid: 'Au moins une vérification a échoué. Ne l’acceptez pas en l’état.',
    undetermined:
      'Rien d’erroné n’a été trouvé, mais tout n’a pas pu être vérifié. Ne la tenez pas pour valide.',
  },
  checkedAt: 'Vérifiée le {time}.',
  checksTitle: 'Ce qui a été vérifié',
  checks: {
    structure: {
      title: 'Forme',
      asks: 'Est-ce une attestation numérique complète\u202f?',
      passed: 'Elle est construite comme un Open Badge doit l’être.',
    },
    terms: {
      title: 'Sens',
      asks: 'Tout son contenu a-t-il un sens établi, et tout a-t-il été signé\u202f?',
      passed: 'Tout son contenu a un sens établi, et tout a été signé.',
    },
    proof: {
      title: 'Signature',
      asks: 'Est-elle inchangée depuis sa signature\u202f?',
      passed: 'Rien n’a été modifié depuis la signature.',
    },
    'issuer-key': {
      title: 'Signée par l’émetteur',
      asks: 'La clé de signature appartient-elle à l’émetteur nommé\u202f?',
      passed: 'L’émetteur nommé publie la clé de signature.',
    },
    validity: {
      title: 'Période de validité',
      asks: 'Est-elle valide aujourd’hui\u202f?',
      passed: 'Elle est dans sa période de validité.',
    },
    status: {
      title: 'Retrait',
      asks: 'L’émetteur l’a-t-il retirée ou suspendue\u202f?',
      passed: 'L’émetteur ne l’a ni retirée ni suspendue.',
    },
    recipient: {
      title: 'Titulaire',
      asks: 'A-t-elle été délivrée à la personne que vous attendez\u202f?',
      passed: 'Elle a été délivrée sous l’adresse ou l’identifiant que vous avez indiqué.',
    },
  },
  outcomes: {
    passed: 'Réussi',
    failed: 'Échec',
    undetermined: 'N’a pas pu être vérifié',
    skipped: 'Non vérifié',
  },
  whatToDo: 'Que faire',
  unexplained: 'La vérification a donné un résultat qui n’est décrit qu’en anglais\u00a0:',
  adviceForUnexplained:
    'Ne tenez pas l’attestation pour valide avant que l’établissement l’ait confirmée par un contact que vous connaissez déjà.',
  technical: 'Détails techniques',
  identity: {
    title: 'Qui l’affirme\u202f?',
    domain:
      'La clé de signature est publiée par qui gère le domaine Internet {domain}. Comparez-le, lettre par lettre, à l’adresse du site de l’établissement que vous connaissez.',
    nobody:
      'Personne ne se porte garant de l’identité de l’émetteur. Le nom dans l’attestation n’est que ce que l’attestation dit elle-même.',
    notProven: 'Ce que cela ne prouve pas',
    limits: [
      'que le nom légal de l’émetteur est exact, ou que l’établissement est accrédité\u202f;',
      'que la personne qui vous montre l’attestation est celle dont elle parle\u202f;',
      'qu’un autre établissement ou un employeur doit la reconnaître.',
    ],
  },
  warnings: {
    title: 'À regarder deux fois',
    intro:
      'Ce n’est pas la preuve d’une tromperie, mais c’est ainsi qu’un nom se fait passer pour un autre.',
    text: 'Dans ce texte',
    characters: 'Caractères inhabituels',
    character: '{character} ({point}, {script})',
    control: 'invisible',
    codes: {
      'newer-version':
        'L’émetteur a publié une version plus récente de cette attestation, qui dit autre chose. Demandez-la au titulaire.',
      'bidirectional-control':
        'Un nom ou un texte contient des marques invisibles qui changent le sens de lecture et peuvent le faire lire autrement.',
      'invisible-character': 'Un nom ou un texte contient des caractères invisibles.',
      'mixed-script':
        'Un mot mêle des lettres de plusieurs alphabets, dont certaines se ressemblent.',
      'looks-like-latin':
        'Un nom est écrit dans les lettres d’un autre alphabet qui ressemblent à des lettres latines.',
      'internationalised-host':
        'L’adresse Internet de l’émetteur contient des lettres qui peuvent être confondues avec d’autres. Sa forme technique est montrée ici.',
    },
  },
  endorsements: {
    title: 'Ce que d’autres en disent',
    intro: 'Les appuis sont vérifiés séparément. Ils ne changent rien au résultat ci-dessus.',
    about: {
      credential: 'À propos de cette attestation',
      achievement: 'À propos de l’acquis',
      issuer: 'À propos de l’émetteur',
    },
    by: 'Par',
    unnamed: 'quelqu’un qui n’est pas nommé',
    says: 'Dit',
    result: 'Résultat',
    verdicts: {
      valid: 'Valide',
      invalid: 'Non valide',
      undetermined: 'N’a pas pu être entièrement vérifié',
    },
  },
  claims: {
    proven: 'Ce que dit l’attestation',
    unproven: 'Ce que prétend l’attestation',
    warning: 'Rien de ceci n’est prouvé.',
    name: 'Intitulé',
    learner: 'Apprenant',
    learnerId: 'Identifiant de l’apprenant',
    issuer: 'Émetteur',
    issuerId: 'Adresse de l’émetteur',
    validFrom: 'Valide à partir du',
    validUntil: 'Valide jusqu’au',
    id: 'Adresse de l’attestation',
    format: 'Forme',
    formats: {
      'data-integrity': 'Fichier contenant sa signature',
      'vc-jwt': 'Jeton signé (JWT)',
      'open-badges-2-hosted': 'Open Badge 2.0, hébergé par son émetteur',
      'open-badges-2-signed': 'Open Badge 2.0, signé',
    },
  },
  refreshed: {
    title: 'La version la plus récente',
    intro:
      'Interrogé, le serveur de l’émetteur a donné une version plus récente de cette attestation. Elle a été vérifiée séparément.',
  },
};
