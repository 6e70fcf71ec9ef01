import type { CodeWords } from '../codes.ts';

export const nl: CodeWords = {
  meaning: {
    'not-utf-8': 'Het bestand is geen leesbare tekst.',
    'not-json': 'Wat werd ingediend, is noch een bewijsbestand noch een ondertekend token.',
    'not-a-credential': 'Wat werd ingediend, bevat geen bewijs.',
    'token-malformed':
      'De tekst is noch een bewijsbestand noch een volledig ondertekend token. Misschien ontbreekt er een deel.',
    'byte-order-mark':
      'Een programma heeft vooraan in het bestand een onzichtbaar teken toegevoegd.',
    'too-long': 'Het bewijs is langer dan wat deze dienst leest.',
    'too-deep': 'Het bewijs is dieper genest dan wat deze dienst leest.',
    'too-complex': 'Het bewijs heeft meer onderdelen dan deze dienst onderzoekt.',
    'duplicate-member':
      'Hetzelfde gegeven staat twee keer in het bestand, zodat twee lezers er twee verschillende bewijzen in kunnen zien.',
    'reserved-member':
      'Het bestand bevat een gegeven waarmee het lezende programma misleid kan worden.',
    'lone-surrogate': 'Het bestand bevat een beschadigd teken.',
    'number-out-of-range': 'Het bestand bevat een getal dat niet exact gelezen kan worden.',
    unreadable: 'Dit werd niet gecontroleerd, omdat het bewijs niet gelezen kon worden.',
    'address-malformed': 'Wat werd opgegeven, is geen https-adres.',
    'not-an-open-badge':
      'Het bestand is niet opgebouwd zoals een Open Badge moet zijn: iets verplichts ontbreekt of is fout.',
    'version-unsupported':
      'Het bewijs volgt een versie van de standaard die hier niet wordt gecontroleerd.',
    'id-missing': 'Het bewijs heeft geen eigen adres of nummer.',
    'statement-hidden':
      'Het bewijs verbergt iets wat ondertekend werd, zoals de einddatum of de intrekkingslijst. Iemand heeft ermee geknoeid.',
    'unknown-context':
      'Het bewijs gebruikt een woordenlijst die deze dienst niet kent, zodat een deel van de inhoud geen vaste betekenis heeft.',
    'undefined-term':
      'Het bewijs bevat iets wat geen enkele woordenlijst omschrijft. De handtekening dekt het niet: iedereen kan het hebben toegevoegd.',
    'canonicalisation-timeout': 'Het lezen van het bewijs duurde te lang en werd gestopt.',
    overloaded: 'Er worden op dit ogenblik te veel bewijzen gecontroleerd.',
    'not-json-ld': 'Het bewijs is niet geschreven in het formaat dat het beweert te gebruiken.',
    'check-fault': 'De controle kon niet gebeuren door een fout in deze dienst.',
    'proof-missing': 'Het bewijs draagt geen handtekening. Iedereen kan het geschreven hebben.',
    'proof-malformed': 'De handtekening is beschadigd of onvolledig.',
    'proof-purpose':
      'De handtekening werd voor een ander doel gezet dan om te bevestigen wat dit bewijs zegt.',
    'proof-unsupported':
      'Het bewijs is ondertekend op een manier die hier niet wordt gecontroleerd.',
    'cryptosuite-unsupported':
      'Het bewijs is ondertekend met een cryptografische methode die hier niet wordt gecontroleerd.',
    'proof-in-future': 'Volgens de handtekening werd ze in de toekomst gezet.',
    'proof-expired': 'De handtekening gold voor een beperkte tijd, die voorbij is.',
    'too-many-proofs': 'Het bewijs draagt meer handtekeningen dan hier worden gecontroleerd.',
    'signature-wrong':
      'De handtekening past niet bij het bewijs. Het werd na de ondertekening gewijzigd of met een andere sleutel ondertekend.',
    'alg-refused': 'Het token is ondertekend met een methode die Open Badges niet aanvaardt.',
    'typ-refused': 'Het token is voor iets anders bedoeld dan voor een bewijs.',
    'header-refused': 'Het token stelt eisen die voor een bewijs niet zijn toegestaan.',
    'audience-bound':
      'Het token werd voor één bepaalde lezer opgemaakt, niet voor u of voor het publiek.',
    'claims-disagree': 'Het ondertekende token en het bewijs erin spreken elkaar tegen.',
    'no-key': 'Dit werd niet gecontroleerd, omdat de sleutel van de uitreiker niet bekend is.',
    'no-sound-proof': 'Dit werd niet gecontroleerd, omdat er geen bruikbare handtekening is.',
    terms: 'Dit werd niet gecontroleerd, omdat niet te zeggen valt wat er ondertekend werd.',
    'issuer-missing': 'Het bewijs zegt niet wie het heeft uitgereikt.',
    'issuer-key-mismatch':
      'Iemand anders dan de uitreiker die in het bewijs staat, heeft het ondertekend.',
    'key-not-listed':
      'De uitreiker vermeldt de sleutel van de handtekening niet bij de zijne. Het kan een vervalsing zijn, of de uitreiker heeft de sleutel ingetrokken.',
    'key-not-bound': 'Niets toont aan dat de sleutel van de handtekening van de uitreiker is.',
    'key-missing': 'Het bewijs zegt niet met welke sleutel het ondertekend is.',
    'key-unfit': 'De genoemde sleutel past niet bij dit soort handtekening.',
    'key-revoked':
      'De uitreiker heeft de sleutel van de handtekening ingetrokken, misschien omdat hij gestolen is.',
    'key-expired': 'De uitreiker gebruikt de sleutel van de handtekening niet meer.',
    'key-unavailable': 'De sleutel van de handtekening kon niet worden opgehaald.',
    'kid-malformed': 'Het token noemt zijn sleutel op een manier waarmee die niet te vinden is.',
    'verification-method-malformed':
      'De handtekening noemt haar sleutel op een manier waarmee die niet te vinden is.',
    'did-method-unsupported':
      'De uitreiker publiceert zijn sleutels op een manier die hier niet wordt ondersteund.',
    'issuer-document-unavailable':
      'De sleutels van de uitreiker konden niet worden opgehaald: zijn server antwoordt niet, of niet met sleutels.',
    'issuer-document-malformed':
      'De uitreiker publiceert zijn sleutels op een manier die niet duidelijk is.',
    'hosted-copy-differs':
      'Het exemplaar dat de uitreiker op het web toont, zegt iets anders dan het ingediende.',
    'date-malformed': 'Een datum van het bewijs kan niet gelezen worden.',
    'dates-out-of-order': 'Het bewijs eindigt voordat het begint.',
    'not-yet-valid': 'Het bewijs wordt pas op een latere datum geldig.',
    expired: 'De geldigheidsduur van het bewijs is voorbij.',
    revoked: 'De uitreiker heeft dit bewijs definitief ingetrokken.',
    suspended: 'De uitreiker heeft dit bewijs voorlopig geschorst.',
    'no-status':
      'De uitreiker heeft niet voorzien dat dit bewijs kan worden ingetrokken; er was dus niets op te zoeken.',
    unproven:
      'Dit werd niet gecontroleerd: de uitreiker wordt alleen bevraagd over bewijzen waarvan de echtheid vaststaat.',
    'status-entry-malformed':
      'Het bewijs zegt niet duidelijk waar de uitreiker een intrekking zou aankondigen.',
    'status-type-unsupported':
      'De uitreiker kondigt intrekkingen aan op een manier die hier niet wordt gecontroleerd.',
    'status-purpose-unsupported':
      'De uitreiker publiceert een andere toestand dan intrekking of schorsing, die hier niet wordt gecontroleerd.',
    'status-list-unavailable':
      'De lijst van ingetrokken bewijzen van de uitreiker kon niet worden opgehaald. Dit bewijs kan ingetrokken zijn.',
    'status-list-malformed':
      'De lijst van ingetrokken bewijzen van de uitreiker kan niet gelezen worden.',
    'status-list-mismatch':
      'De gevonden lijst van ingetrokken bewijzen is niet die van deze uitreiker of van dit bewijs.',
    'status-list-unproven':
      'De lijst van ingetrokken bewijzen is niet deugdelijk door de uitreiker ondertekend en dus niet betrouwbaar.',
    'status-list-out-of-date': 'De lijst van ingetrokken bewijzen van de uitreiker is verouderd.',
    'status-index-out-of-range':
      'De lijst van ingetrokken bewijzen van de uitreiker heeft geen plaats voor dit bewijs.',
    'recipient-mismatch':
      'Het bewijs werd aan iemand anders uitgereikt dan het e-mailadres of de identificatie die u opgaf.',
    'spelling-unsupported':
      'Iets belangrijks in de badge is geschreven op een manier die niet elk programma begrijpt.',
    'key-document-malformed': 'Het adres van de sleutel geeft iets wat geen sleutel is.',
    'key-malformed': 'De uitreiker beschrijft zijn sleutel op een manier die niet duidelijk is.',
    'key-not-named': 'De badge zegt niet met welke sleutel van de uitreiker ze ondertekend is.',
    'no-issuer':
      'Dit werd niet gecontroleerd, omdat het profiel van de uitreiker niet gelezen kon worden.',
    'proof-mismatch':
      'De badge is ondertekend maar zegt van zichzelf dat ze dat niet is; de handtekening bewijst dus niets.',
    'hosted-copy-changed':
      'Een deel van wat de badge zegt, is niet wat de uitreiker vandaag op zijn adres publiceert.',
    'embedded-copy-differs':
      'De badge zegt over het verworvene of over de uitreiker iets wat niet op hun eigen adressen staat.',
    'issuer-origin-mismatch': 'De badge staat op een adres dat niet van de genoemde uitreiker is.',
    'issuer-scope-unsupported':
      'De uitreiker beschrijft waar hij zijn badges publiceert op een manier die hier niet wordt gelezen.',
    'recipient-not-named': 'Het bewijs noemt de houder niet met dit soort identificatie.',
    'recipient-hash-unknown':
      'Het bewijs noemt de houder in een verhulde vorm die hier niet te vergelijken is.',
    'refreshed-mismatch':
      'Op de vraag naar een nieuwere versie gaf de server van de uitreiker een ander bewijs, of een van een andere uitreiker.',
    'newest-not-in-force':
      'Volgens de nieuwste versie, die de uitreiker publiceerde, is het bewijs niet meer van kracht.',
    'newest-status-open':
      'Of de nieuwste versie van het bewijs werd ingetrokken, kon niet worden nagegaan.',
    'not-an-endorsement': 'Het is geen deugdelijke steunbetuiging.',
    'endorsement-of-another': 'De steunbetuiging gaat over iets anders.',
  },
  fetched: {
    address: 'Op het opgegeven adres kon niets worden opgehaald.',
    'hosted-copy': 'Het exemplaar dat de uitreiker op het web toont, kon niet worden opgehaald.',
    'badge-class': 'De beschrijving van de badge door de uitreiker kon niet worden opgehaald.',
    'issuer-document': 'Het profiel en de sleutels van de uitreiker konden niet worden opgehaald.',
    key: 'De sleutel van de uitreiker kon niet worden opgehaald.',
    'status-list':
      'De lijst van ingetrokken bewijzen van de uitreiker kon niet worden opgehaald. Dit bewijs kan ingetrokken zijn.',
    refresh: 'De nieuwere versie van het bewijs kon niet bij de uitreiker worden opgehaald.',
  },
  fetchFault: {
    forbidden:
      'Het adres is geen openbaar https-adres, en een ander wordt van hieruit niet geopend.',
    timeout: 'De server antwoordde niet op tijd.',
    'too-large': 'Het antwoord van de server is te groot.',
    unreachable: 'De server is niet bereikbaar.',
    'bad-status': 'De server antwoordt, maar zonder document.',
    gone: 'De server zegt dat het definitief werd ingetrokken.',
    'too-many-redirects': 'De server verwijst te vaak door naar andere adressen.',
    'encoding-refused': 'De server antwoordt in een gecomprimeerde vorm die niet gevraagd werd.',
    'too-many-addresses': 'Voor één controle hadden te veel adressen bevraagd moeten worden.',
    elsewhere: 'De server verwijst door naar een andere host, die niet voor hem spreekt.',
  },
  advice: {
    distrust:
      'Vertrouw er niet op. Vraag het na bij de genoemde instelling, via een contact dat u al kent en niet via een contact uit het bewijs.',
    original:
      'Vraag de houder om het originele bestand, precies zoals ontvangen. Kopiëren, bewerken of omzetten kan dit bestand beschadigd hebben.',
    resubmit:
      'Geef het bewijs zelf: het bestand of het token dat de houder ontving, geen afbeelding, papieren getuigschrift of pagina erover.',
    'issuer-repairs':
      'Alleen de uitreiker kan dit rechtzetten. Verwittig de instelling en beschouw het bewijs tot dan niet als geldig.',
    elsewhere:
      'Dit zegt niets tegen het bewijs, en niets ervoor. Vraag de instelling om het te bevestigen, of gebruik een controledienst die zij aanbeveelt.',
    later:
      'Probeer het over enkele minuten opnieuw. Mislukt het nog, vraag het dan na bij de instelling. Beschouw het bewijs niet als geldig zolang de controle niet lukt.',
    ours: 'Probeer het later opnieuw. Gebeurt het nog eens, verwittig dan de beheerder van deze dienst.',
    withdrawn:
      'Aanvaard het niet. De houder kan de instelling vragen naar de reden en of een ander bewijs het vervangt.',
    paused:
      'Aanvaard het voorlopig niet. Vraag het na bij de instelling of controleer later opnieuw.',
    ended:
      'Vraag de houder om een actueel bewijs. De instelling kan u zeggen of het geleerde nog meetelt.',
    early: 'Controleer het opnieuw wanneer de geldigheidsduur begonnen is.',
    identify:
      'Vraag de persoon onder welk e-mailadres of welke identificatie het ontvangen werd, controleer daarmee opnieuw en ga zelf de identiteit na.',
    'by-file':
      'Ga na of het adres volledig is en met https:// begint, of vraag de houder om het bestand en dien dat in.',
    'see-above': 'Zie de controle die mislukte of niet kon gebeuren.',
    nothing: 'U hoeft niets te doen.',
  },
};
