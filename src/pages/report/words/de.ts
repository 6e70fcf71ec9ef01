import type { ReportLabels } from './shape.ts';

export const de: ReportLabels = {
  headline: {
    valid: 'Dieser Nachweis ist gültig.',
    invalid: 'Dieser Nachweis ist nicht gültig.',
    undetermined: 'Dieser Nachweis konnte nicht vollständig geprüft werden.',
  },
  explanation: {
    valid: 'Alle zutreffenden Prüfungen wurden durchgeführt und bestanden.',
    invalid: 'Mindestens eine Prüfung wurde nicht bestanden. Erkennen Sie ihn so nicht an.',
    undetermined:
      'Es wurde nichts Falsches gefunden, aber nicht alles konnte geprüft werden. Behandeln Sie ihn nicht als gültig.',
  },
  checkedAt: 'Geprüft am {time}.',
  checksTitle: 'Was geprüft wurde',
  checks: {
    structure: {
      title: 'Form',
      asks: 'Ist es ein vollständiger digitaler Nachweis?',
      passed: 'Er ist so aufgebaut, wie ein Open Badge es sein muss.',
    },
    terms: {
      title: 'Bedeutung',
      asks: 'Hat alles darin eine feste Bedeutung, und wurde alles signiert?',
      passed: 'Alles darin hat eine feste Bedeutung, und alles wurde signiert.',
    },
    proof: {
      title: 'Signatur',
      asks: 'Ist er seit dem Signieren unverändert?',
      passed: 'Seit dem Signieren wurde nichts verändert.',
    },
    'issuer-key': {
      title: 'Vom Aussteller signiert',
      asks: 'Gehört der Schlüssel der Signatur dem genannten Aussteller?',
      passed: 'Der genannte Aussteller veröffentlicht den Schlüssel der Signatur.',
    },
    validity: {
      title: 'Gültigkeitsdauer',
      asks: 'Ist er heute gültig?',
      passed: 'Er liegt innerhalb seiner Gültigkeitsdauer.',
    },
    status: {
      title: 'Widerruf',
      asks: 'Hat der Aussteller ihn widerrufen oder ausgesetzt?',
      passed: 'Der Aussteller hat ihn weder widerrufen noch ausgesetzt.',
    },
    recipient: {
      title: 'Inhaber',
      asks: 'Wurde er für die Person ausgestellt, die Sie erwarten?',
      passed: 'Er wurde unter der angegebenen E-Mail-Adresse oder Kennung ausgestellt.',
    },
  },
  outcomes: {
    passed: 'Bestanden',
    failed: 'Nicht bestanden',
    undetermined: 'Konnte nicht geprüft werden',
    skipped: 'Nicht geprüft',
  },
  whatToDo: 'Was zu tun ist',
  unexplained: 'Die Prüfung endete mit einem Ergebnis, das nur auf Englisch beschrieben ist:',
  adviceForUnexplained:
    'Behandeln Sie den Nachweis nicht als gültig, bevor die Einrichtung ihn über einen Kontakt bestätigt hat, den Sie bereits kennen.',
  technical: 'Technische Einzelheiten',
  identity: {
    title: 'Wer sagt das?',
    domain:
      'Wer die Internet-Domain {domain} betreibt, hat den Schlüssel der Signatur veröffentlicht. Vergleichen Sie sie Buchstabe für Buchstabe mit der Adresse der Website der Einrichtung, die Sie kennen.',
    nobody:
      'Niemand bürgt dafür, wer der Aussteller ist. Der Name im Nachweis ist nur, was der Nachweis selbst sagt.',
    notProven: 'Was dies nicht beweist',
    limits: [
      'dass der rechtliche Name des Ausstellers stimmt oder die Einrichtung akkreditiert ist;',
      'dass die Person, die Ihnen den Nachweis zeigt, die ist, von der er handelt;',
      'dass eine andere Einrichtung oder ein Arbeitgeber ihn anerkennen muss.',
    ],
  },
  warnings: {
    title: 'Genau hinsehen',
    intro: 'Das beweist keine Täuschung, aber so lässt man einen Namen wie einen anderen aussehen.',
    text: 'In diesem Text',
    characters: 'Ungewöhnliche Zeichen',
    character: '{character} ({point}, {script})',
    control: 'unsichtbar',
    codes: {
      'newer-version':
        'Der Aussteller hat eine neuere Fassung dieses Nachweises veröffentlicht, die etwas anderes sagt. Bitten Sie den Inhaber darum.',
      'bidirectional-control':
        'Ein Name oder Text enthält unsichtbare Zeichen, die die Leserichtung ändern und ihn anders erscheinen lassen können.',
      'invisible-character': 'Ein Name oder Text enthält unsichtbare Zeichen.',
      'mixed-script':
        'Ein Wort mischt Buchstaben mehrerer Alphabete, von denen einige gleich aussehen.',
      'looks-like-latin':
        'Ein Name ist in Buchstaben eines anderen Alphabets geschrieben, die wie lateinische aussehen.',
      'internationalised-host':
        'Die Internetadresse des Ausstellers enthält Buchstaben, die mit anderen verwechselt werden können. Hier steht ihre technische Form.',
    },
  },
  endorsements: {
    title: 'Was andere dazu sagen',
    intro: 'Befürwortungen werden für sich geprüft. Sie ändern nichts am Ergebnis oben.',
    about: {
      credential: 'Zu diesem Nachweis',
      achievement: 'Zu dem Erworbenen',
      issuer: 'Zum Aussteller',
    },
    by: 'Von',
    unnamed: 'jemandem, der nicht genannt ist',
    says: 'Sagt',
    result: 'Ergebnis',
    verdicts: {
      valid: 'Gültig',
      invalid: 'Nicht gültig',
      undetermined: 'Konnte nicht vollständig geprüft werden',
    },
  },
  claims: {
    proven: 'Was der Nachweis sagt',
    unproven: 'Was der Nachweis behauptet',
    warning: 'Nichts davon ist bewiesen.',
    name: 'Titel',
    learner: 'Lernende Person',
    learnerId: 'Kennung der lernenden Person',
    issuer: 'Aussteller',
    issuerId: 'Adresse des Ausstellers',
    validFrom: 'Gültig ab',
    validUntil: 'Gültig bis',
    id: 'Adresse des Nachweises',
    format: 'Form',
    formats: {
      'data-integrity': 'Datei mit enthaltener Signatur',
      'vc-jwt': 'Signiertes Token (JWT)',
      'open-badges-2-hosted': 'Open Badge 2.0, beim Aussteller abrufbar',
      'open-badges-2-signed': 'Open Badge 2.0, signiert',
    },
  },
  refreshed: {
    title: 'Die neueste Fassung',
    intro:
      'Auf Anfrage gab der Server des Ausstellers eine neuere Fassung dieses Nachweises. Sie wurde für sich geprüft.',
  },
};
