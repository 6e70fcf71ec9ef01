import type { Words } from './shape.ts';

export const fr: Words = {
  serviceName: 'Microcertifications',
  skipToContent: 'Aller au contenu',
  language: 'Langue',
  verifyAnother: 'Vérifier une attestation',
  privacyNote:
    'Cette page n’exécute aucun script, ne dépose aucun cookie et ne charge rien chez des tiers. Personne n’est averti que vous la lisez.',
  checks: {
    structure: 'Est-ce un Open Badge complet ?',
    terms: 'Tous ses termes ont-ils un sens défini ?',
    proof: 'Est-elle intacte depuis sa signature ?',
    'issuer-key': 'A-t-elle été signée avec une clé de l’émetteur ?',
    validity: 'Est-elle dans sa période de validité ?',
    status: 'A-t-elle été révoquée ou suspendue ?',
    recipient: 'Concerne-t-elle la personne indiquée ?',
  },
  outcomes: {
    passed: 'Réussi',
    failed: 'Échoué',
    undetermined: 'N’a pas pu être vérifié',
    skipped: 'Sans objet',
  },
  verdicts: {
    valid: 'Valide',
    invalid: 'Non valide',
    undetermined: 'N’a pas pu être déterminé',
  },
};
