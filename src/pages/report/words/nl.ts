import type { ReportLabels } from './shape.ts';

export const nl: ReportLabels = {
  headline: {
    valid: 'Dit bewijs is geldig.',
    invalid: 'Dit bewijs is niet geldig.',
    undetermined: 'Dit bewijs kon niet volledig worden gecontroleerd.',
  },
  explanation: {
    valid: 'Elke controle die van toepassing is, werd uitgevoerd en doorstaan.',
    invalid: 'Minstens één controle is mislukt. Aanvaard het zo niet.',
    undetermined:
      'Er werd niets fouts gevonden, maar niet alles kon worden gecontroleerd. Beschouw het niet als geldig.',
  },
  checkedAt: 'Gecontroleerd op {time}.',
  checksTitle: 'Wat werd gecontroleerd',
  checks: {
    structure: {
      title: 'Vorm',
      asks: 'Is het een volledig digitaal bewijs?',
      passed: 'Het is opgebouwd zoals een Open Badge moet zijn.',
    },
    terms: {
      title: 'Betekenis',
      asks: 'Heeft alles erin een vaste betekenis, en werd alles ondertekend?',
      passed: 'Alles erin heeft een vaste betekenis, en alles werd ondertekend.',
    },
    proof: {
      title: 'Handtekening',
      asks: 'Is het ongewijzigd sinds de ondertekening?',
      passed: 'Er is niets gewijzigd sinds de ondertekening.',
    },
    'issuer-key': {
      title: 'Ondertekend door de uitreiker',
      asks: 'Is de sleutel van de handtekening van de genoemde uitreiker?',
      passed: 'De genoemde uitreiker publiceert de sleutel van de handtekening.',
    },
    validity: {
      title: 'Geldigheidsduur',
      asks: 'Is het vandaag geldig?',
      passed: 'Het valt binnen de geldigheidsduur.',
    },
    status: {
      title: 'Intrekking',
      asks: 'Heeft de uitreiker het ingetrokken of geschorst?',
      passed: 'De uitreiker heeft het niet ingetrokken en niet geschorst.',
    },
    recipient: {
      title: 'Houder',
      asks: 'Werd het uitgereikt aan de persoon die u verwacht?',
      passed: 'Het werd uitgereikt onder het e-mailadres of de identificatie die u opgaf.',
    },
  },
  outcomes: {
    passed: 'Geslaagd',
    failed: 'Mislukt',
    undetermined: 'Kon niet worden gecontroleerd',
    skipped: 'Niet gecontroleerd',
  },
  whatToDo: 'Wat te doen',
  unexplained: 'De controle gaf een resultaat dat alleen in het Engels beschreven is:',
  adviceForUnexplained:
    'Beschouw het bewijs niet als geldig voordat de instelling het bevestigd heeft via een contact dat u al kent.',
  technical: 'Technische details',
  identity: {
    title: 'Wie zegt dat?',
    domain:
      'Wie het internetdomein {domain} beheert, publiceert de sleutel van de handtekening. Vergelijk het letter voor letter met het adres van de website van de instelling die u kent.',
    nobody:
      'Niemand staat in voor wie de uitreiker is. De naam in het bewijs is alleen wat het bewijs zelf zegt.',
    notProven: 'Wat dit niet bewijst',
    limits: [
      'dat de wettelijke naam van de uitreiker klopt, of dat de instelling erkend is;',
      'dat wie u het bewijs toont, ook de persoon is over wie het gaat;',
      'dat een andere instelling of een werkgever het moet erkennen.',
    ],
  },
  warnings: {
    title: 'Kijk twee keer',
    intro: 'Dit bewijst geen bedrog, maar zo laat men een naam op een andere lijken.',
    text: 'In deze tekst',
    characters: 'Ongewone tekens',
    character: '{character} ({point}, {script})',
    control: 'onzichtbaar',
    codes: {
      'newer-version':
        'De uitreiker heeft een nieuwere versie van dit bewijs gepubliceerd, die iets anders zegt. Vraag de houder ernaar.',
      'bidirectional-control':
        'Een naam of tekst bevat onzichtbare tekens die de leesrichting veranderen, waardoor er iets anders kan lijken te staan.',
      'invisible-character': 'Een naam of tekst bevat onzichtbare tekens.',
      'mixed-script':
        'Een woord mengt letters uit verschillende alfabetten, waarvan sommige op elkaar lijken.',
      'looks-like-latin':
        'Een naam is geschreven in letters van een ander alfabet die op Latijnse lijken.',
      'internationalised-host':
        'Het internetadres van de uitreiker bevat letters die met andere verward kunnen worden. Hier staat de technische vorm ervan.',
    },
  },
  endorsements: {
    title: 'Wat anderen erover zeggen',
    intro:
      'Steunbetuigingen worden apart gecontroleerd. Ze veranderen niets aan het resultaat hierboven.',
    about: {
      credential: 'Over dit bewijs',
      achievement: 'Over wat verworven werd',
      issuer: 'Over de uitreiker',
    },
    by: 'Door',
    unnamed: 'iemand die niet genoemd wordt',
    says: 'Zegt',
    result: 'Resultaat',
    verdicts: {
      valid: 'Geldig',
      invalid: 'Niet geldig',
      undetermined: 'Kon niet volledig worden gecontroleerd',
    },
  },
  claims: {
    proven: 'Wat het bewijs zegt',
    unproven: 'Wat het bewijs beweert',
    warning: 'Niets hiervan is bewezen.',
    name: 'Titel',
    learner: 'Lerende',
    learnerId: 'Identificatie van de lerende',
    issuer: 'Uitreiker',
    issuerId: 'Adres van de uitreiker',
    validFrom: 'Geldig vanaf',
    validUntil: 'Geldig tot',
    id: 'Adres van het bewijs',
    format: 'Vorm',
    formats: {
      'data-integrity': 'Bestand met ingesloten handtekening',
      'vc-jwt': 'Ondertekend token (JWT)',
      'open-badges-2-hosted': 'Open Badge 2.0, gehost door de uitreiker',
      'open-badges-2-signed': 'Open Badge 2.0, ondertekend',
    },
  },
  refreshed: {
    title: 'De nieuwste versie',
    intro:
      'Op vraag gaf de server van de uitreiker een nieuwere versie van dit bewijs. Die werd apart gecontroleerd.',
  },
};
