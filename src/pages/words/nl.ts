import type { Words } from './shape.ts';

export const nl: Words = {
  serviceName: 'Microcredentials',
  skipToContent: 'Naar de inhoud',
  language: 'Taal',
  verifyAnother: 'Een credential controleren',
  privacyNote:
    'Deze pagina voert geen scripts uit, plaatst geen cookies en laadt niets van derden. Niemand komt te weten dat u ze leest.',
  checks: {
    structure: 'Is het een volledige Open Badge?',
    terms: 'Hebben al zijn termen een betekenis?',
    proof: 'Is het onveranderd sinds de ondertekening?',
    'issuer-key': 'Is het ondertekend met een sleutel van de uitgever?',
    validity: 'Valt het binnen zijn geldigheidsduur?',
    status: 'Is het ingetrokken of opgeschort?',
    recipient: 'Gaat het over de genoemde persoon?',
  },
  outcomes: {
    passed: 'Geslaagd',
    failed: 'Mislukt',
    undetermined: 'Kon niet worden gecontroleerd',
    skipped: 'Niet van toepassing',
  },
  verdicts: {
    valid: 'Geldig',
    invalid: 'Niet geldig',
    undetermined: 'Kon niet worden vastgesteld',
  },
};
