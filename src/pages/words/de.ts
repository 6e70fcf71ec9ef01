import type { Words } from './shape.ts';

export const de: Words = {
  serviceName: 'Microcredentials',
  skipToContent: 'Zum Inhalt',
  language: 'Sprache',
  verifyAnother: 'Einen Nachweis prüfen',
  privacyNote:
    'Diese Seite führt keine Skripte aus, setzt keine Cookies und lädt nichts von Dritten. Niemand erfährt, dass Sie sie lesen.',
  checks: {
    structure: 'Ist er ein vollständiger Open Badge?',
    terms: 'Haben alle seine Begriffe eine Bedeutung?',
    proof: 'Ist er seit der Unterzeichnung unverändert?',
    'issuer-key': 'Wurde er mit einem Schlüssel des Ausstellers unterzeichnet?',
    validity: 'Liegt er innerhalb seiner Gültigkeitsdauer?',
    status: 'Wurde er widerrufen oder ausgesetzt?',
    recipient: 'Geht es um die genannte Person?',
  },
  outcomes: {
    passed: 'Bestanden',
    failed: 'Nicht bestanden',
    undetermined: 'Konnte nicht geprüft werden',
    skipped: 'Entfällt',
  },
  verdicts: {
    valid: 'Gültig',
    invalid: 'Nicht gültig',
    undetermined: 'Konnte nicht festgestellt werden',
  },
};
