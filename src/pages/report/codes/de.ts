import type { CodeWords } from '../codes.ts';

export const de: CodeWords = {
  meaning: {
    'not-utf-8': 'Die Datei ist kein lesbarer Text.',
    'not-json': 'Das Eingereichte ist weder eine Nachweisdatei noch ein signiertes Token.',
    'not-a-credential': 'Das Eingereichte enthält keinen Nachweis.',
    'token-malformed':
      'Der Text ist weder eine Nachweisdatei noch ein vollständiges signiertes Token. Vielleicht fehlt ein Teil.',
    'byte-order-mark': 'Ein Programm hat am Anfang der Datei ein unsichtbares Zeichen eingefügt.',
    'too-long': 'Der Nachweis ist länger, als dieser Dienst liest.',
    'too-deep': 'Der Nachweis ist tiefer verschachtelt, als dieser Dienst liest.',
    'too-complex': 'Der Nachweis hat mehr Bestandteile, als dieser Dienst untersucht.',
    'duplicate-member':
      'Dieselbe Angabe steht zweimal in der Datei, sodass zwei Leser zwei verschiedene Nachweise sehen könnten.',
    'reserved-member':
      'Die Datei enthält eine Angabe, mit der das lesende Programm getäuscht werden kann.',
    'lone-surrogate': 'Die Datei enthält ein beschädigtes Zeichen.',
    'number-out-of-range': 'Die Datei enthält eine Zahl, die nicht genau gelesen werden kann.',
    unreadable: 'Dies wurde nicht geprüft, weil der Nachweis nicht gelesen werden konnte.',
    'address-malformed': 'Die Angabe ist keine https-Adresse.',
    'not-an-open-badge':
      'Die Datei ist nicht so aufgebaut, wie ein Open Badge es sein muss: Etwas Vorgeschriebenes fehlt oder ist falsch.',
    'version-unsupported':
      'Der Nachweis folgt einer Version der Norm, die hier nicht geprüft wird.',
    'id-missing': 'Der Nachweis hat keine eigene Adresse oder Nummer.',
    'statement-hidden':
      'Der Nachweis verbirgt etwas, das signiert wurde, etwa sein Enddatum oder seine Widerrufsliste. Jemand hat ihn manipuliert.',
    'unknown-context':
      'Der Nachweis verwendet ein Vokabular, das dieser Dienst nicht kennt; ein Teil des Inhalts hat daher keine feste Bedeutung.',
    'undefined-term':
      'Der Nachweis enthält etwas, das kein Vokabular definiert. Die Signatur deckt es nicht ab: Jeder kann es hinzugefügt haben.',
    'canonicalisation-timeout': 'Das Lesen des Nachweises dauerte zu lange und wurde abgebrochen.',
    overloaded: 'Im Moment werden zu viele Nachweise geprüft.',
    'not-json-ld': 'Der Nachweis ist nicht in dem Format geschrieben, das er angibt.',
    'check-fault': 'Die Prüfung war wegen eines Fehlers in diesem Dienst nicht möglich.',
    'proof-missing': 'Der Nachweis trägt keine Signatur. Jeder kann ihn geschrieben haben.',
    'proof-malformed': 'Die Signatur ist beschädigt oder unvollständig.',
    'proof-purpose':
      'Die Signatur wurde zu einem anderen Zweck geleistet, als die Aussagen dieses Nachweises zu bestätigen.',
    'proof-unsupported': 'Der Nachweis ist auf eine Weise signiert, die hier nicht geprüft wird.',
    'cryptosuite-unsupported':
      'Der Nachweis ist mit einem kryptografischen Verfahren signiert, das hier nicht geprüft wird.',
    'proof-in-future': 'Der Signatur zufolge wurde sie in der Zukunft geleistet.',
    'proof-expired': 'Die Signatur galt für eine begrenzte Zeit, die abgelaufen ist.',
    'too-many-proofs': 'Der Nachweis trägt mehr Signaturen, als hier geprüft werden.',
    'signature-wrong':
      'Die Signatur passt nicht zum Nachweis. Er wurde nach dem Signieren verändert oder mit einem anderen Schlüssel signiert.',
    'alg-refused': 'Das Token ist mit einem Verfahren signiert, das Open Badges nicht zulässt.',
    'typ-refused': 'Das Token ist für etwas anderes als einen Nachweis bestimmt.',
    'header-refused': 'Das Token stellt Forderungen, die für einen Nachweis nicht zulässig sind.',
    'audience-bound':
      'Das Token wurde für einen bestimmten Empfänger ausgestellt, nicht für Sie oder die Öffentlichkeit.',
    'claims-disagree': 'Das signierte Token und der Nachweis darin widersprechen sich.',
    'no-key': 'Dies wurde nicht geprüft, weil der Schlüssel des Ausstellers nicht bekannt ist.',
    'no-sound-proof': 'Dies wurde nicht geprüft, weil es keine brauchbare Signatur gibt.',
    terms: 'Dies wurde nicht geprüft, weil sich nicht sagen lässt, was signiert wurde.',
    'issuer-missing': 'Der Nachweis sagt nicht, wer ihn ausgestellt hat.',
    'issuer-key-mismatch':
      'Jemand anderes als der im Nachweis genannte Aussteller hat ihn signiert.',
    'key-not-listed':
      'Der Aussteller führt den Schlüssel der Signatur nicht unter seinen Schlüsseln. Es kann eine Fälschung sein, oder der Aussteller hat den Schlüssel zurückgezogen.',
    'key-not-bound': 'Nichts zeigt, dass der Schlüssel der Signatur dem Aussteller gehört.',
    'key-missing': 'Der Nachweis sagt nicht, mit welchem Schlüssel er signiert wurde.',
    'key-unfit': 'Der genannte Schlüssel passt nicht zu dieser Art von Signatur.',
    'key-revoked':
      'Der Aussteller hat den Schlüssel der Signatur zurückgezogen, vielleicht weil er gestohlen wurde.',
    'key-expired': 'Der Aussteller verwendet den Schlüssel der Signatur nicht mehr.',
    'key-unavailable': 'Der Schlüssel der Signatur konnte nicht abgerufen werden.',
    'kid-malformed': 'Das Token nennt seinen Schlüssel so, dass er sich nicht finden lässt.',
    'verification-method-malformed':
      'Die Signatur nennt ihren Schlüssel so, dass er sich nicht finden lässt.',
    'did-method-unsupported':
      'Der Aussteller veröffentlicht seine Schlüssel auf eine Weise, die hier nicht unterstützt wird.',
    'issuer-document-unavailable':
      'Die Schlüssel des Ausstellers konnten nicht abgerufen werden: Sein Server antwortet nicht oder nicht mit Schlüsseln.',
    'issuer-document-malformed':
      'Der Aussteller veröffentlicht seine Schlüssel auf eine Weise, die nicht eindeutig ist.',
    'hosted-copy-differs':
      'Das Exemplar, das der Aussteller im Web zeigt, sagt etwas anderes als das eingereichte.',
    'date-malformed': 'Ein Datum des Nachweises lässt sich nicht lesen.',
    'dates-out-of-order': 'Der Nachweis endet, bevor er beginnt.',
    'not-yet-valid': 'Der Nachweis wird erst zu einem späteren Zeitpunkt gültig.',
    expired: 'Die Gültigkeitsdauer des Nachweises ist abgelaufen.',
    revoked: 'Der Aussteller hat diesen Nachweis endgültig widerrufen.',
    suspended: 'Der Aussteller hat diesen Nachweis vorläufig ausgesetzt.',
    'no-status':
      'Der Aussteller hat für diesen Nachweis keinen Widerruf vorgesehen; es gab also nichts nachzusehen.',
    unproven:
      'Dies wurde nicht geprüft: Der Aussteller wird nur nach Nachweisen gefragt, deren Echtheit feststeht.',
    'status-entry-malformed':
      'Der Nachweis sagt nicht eindeutig, wo sein Aussteller einen Widerruf bekannt gäbe.',
    'status-type-unsupported':
      'Der Aussteller gibt Widerrufe auf eine Weise bekannt, die hier nicht geprüft wird.',
    'status-purpose-unsupported':
      'Der Aussteller veröffentlicht einen anderen Zustand als Widerruf oder Aussetzung, der hier nicht geprüft wird.',
    'status-list-unavailable':
      'Die Widerrufsliste des Ausstellers konnte nicht abgerufen werden. Dieser Nachweis kann widerrufen sein.',
    'status-list-malformed': 'Die Widerrufsliste des Ausstellers lässt sich nicht lesen.',
    'status-list-mismatch':
      'Die gefundene Widerrufsliste ist nicht die dieses Ausstellers oder dieses Nachweises.',
    'status-list-unproven':
      'Die Widerrufsliste ist nicht einwandfrei vom Aussteller signiert und daher nicht verlässlich.',
    'status-list-out-of-date': 'Die Widerrufsliste des Ausstellers ist veraltet.',
    'status-index-out-of-range':
      'Die Widerrufsliste des Ausstellers hat keinen Platz für diesen Nachweis.',
    'recipient-mismatch':
      'Der Nachweis wurde für jemand anderen ausgestellt als die angegebene E-Mail-Adresse oder Kennung.',
    'spelling-unsupported':
      'Etwas Wichtiges im Badge ist so geschrieben, dass nicht jedes Programm es versteht.',
    'key-document-malformed': 'Die Adresse des Schlüssels liefert etwas, das kein Schlüssel ist.',
    'key-malformed':
      'Der Aussteller beschreibt seinen Schlüssel auf eine Weise, die nicht eindeutig ist.',
    'key-not-named':
      'Der Badge sagt nicht, mit welchem Schlüssel des Ausstellers er signiert wurde.',
    'no-issuer':
      'Dies wurde nicht geprüft, weil das Profil des Ausstellers nicht gelesen werden konnte.',
    'proof-mismatch':
      'Der Badge ist signiert, sagt aber von sich, er sei es nicht; die Signatur beweist also nichts.',
    'hosted-copy-changed':
      'Ein Teil dessen, was der Badge sagt, ist nicht, was der Aussteller heute an seiner Adresse veröffentlicht.',
    'embedded-copy-differs':
      'Der Badge sagt über das Erworbene oder den Aussteller etwas, das an deren eigenen Adressen nicht steht.',
    'issuer-origin-mismatch':
      'Der Badge liegt an einer Adresse, die nicht dem genannten Aussteller gehört.',
    'issuer-scope-unsupported':
      'Der Aussteller beschreibt, wo er seine Badges veröffentlicht, auf eine Weise, die hier nicht gelesen wird.',
    'recipient-not-named': 'Der Nachweis nennt seinen Inhaber nicht mit dieser Art von Kennung.',
    'recipient-hash-unknown':
      'Der Nachweis nennt seinen Inhaber in einer verschleierten Form, die sich hier nicht vergleichen lässt.',
    'refreshed-mismatch':
      'Auf die Frage nach einer neueren Fassung gab der Server des Ausstellers einen anderen Nachweis oder den eines anderen Ausstellers.',
    'newest-not-in-force':
      'Nach der neuesten Fassung, die der Aussteller veröffentlicht hat, ist der Nachweis nicht mehr in Kraft.',
    'newest-status-open':
      'Ob die neueste Fassung des Nachweises widerrufen wurde, ließ sich nicht feststellen.',
    'not-an-endorsement': 'Es ist keine einwandfreie Befürwortung.',
    'endorsement-of-another': 'Die Befürwortung betrifft etwas anderes.',
  },
  fetched: {
    address: 'Von der angegebenen Adresse konnte nichts abgerufen werden.',
    'hosted-copy': 'Das Exemplar, das der Aussteller im Web zeigt, konnte nicht abgerufen werden.',
    'badge-class':
      'Die Beschreibung des Badges durch den Aussteller konnte nicht abgerufen werden.',
    'issuer-document':
      'Das Profil und die Schlüssel des Ausstellers konnten nicht abgerufen werden.',
    key: 'Der Schlüssel des Ausstellers konnte nicht abgerufen werden.',
    'status-list':
      'Die Widerrufsliste des Ausstellers konnte nicht abgerufen werden. Dieser Nachweis kann widerrufen sein.',
    refresh: 'Die neuere Fassung des Nachweises konnte beim Aussteller nicht abgerufen werden.',
  },
  fetchFault: {
    forbidden:
      'Die Adresse ist keine öffentliche https-Adresse, und eine andere wird von hier nicht geöffnet.',
    timeout: 'Der Server hat nicht rechtzeitig geantwortet.',
    'too-large': 'Die Antwort des Servers ist zu groß.',
    unreachable: 'Der Server ist nicht erreichbar.',
    'bad-status': 'Der Server antwortet, aber ohne Dokument.',
    gone: 'Der Server sagt, dass es endgültig zurückgezogen wurde.',
    'too-many-redirects': 'Der Server verweist zu oft auf andere Adressen.',
    'encoding-refused': 'Der Server antwortet in einer komprimierten Form, die nicht verlangt war.',
    'too-many-addresses': 'Für eine Prüfung hätten zu viele Adressen gefragt werden müssen.',
    elsewhere: 'Der Server verweist auf einen anderen Host, der nicht für ihn sprechen kann.',
  },
  advice: {
    distrust:
      'Verlassen Sie sich nicht darauf. Fragen Sie die genannte Einrichtung über einen Kontakt, den Sie bereits kennen, nicht über einen aus dem Nachweis.',
    original:
      'Bitten Sie den Inhaber um die Originaldatei, genau wie er sie erhalten hat. Kopieren, Bearbeiten oder Umwandeln kann diese hier beschädigt haben.',
    resubmit:
      'Geben Sie den Nachweis selbst an: die Datei oder das Token, das der Inhaber erhalten hat, kein Bild, keine Papierurkunde und keine Seite darüber.',
    'issuer-repairs':
      'Nur der Aussteller kann das beheben. Informieren Sie die Einrichtung und behandeln Sie den Nachweis bis dahin nicht als gültig.',
    elsewhere:
      'Das spricht weder gegen den Nachweis noch für ihn. Bitten Sie die Einrichtung um Bestätigung oder verwenden Sie einen Prüfdienst, den sie empfiehlt.',
    later:
      'Versuchen Sie es in einigen Minuten erneut. Schlägt es weiter fehl, fragen Sie die Einrichtung. Behandeln Sie den Nachweis nicht als gültig, solange die Prüfung nicht gelingt.',
    ours: 'Versuchen Sie es später erneut. Geschieht es wieder, informieren Sie den Betreiber dieses Dienstes.',
    withdrawn:
      'Erkennen Sie ihn nicht an. Der Inhaber kann die Einrichtung nach dem Grund fragen und danach, ob ein anderer Nachweis ihn ersetzt.',
    paused:
      'Erkennen Sie ihn vorerst nicht an. Fragen Sie die Einrichtung oder prüfen Sie später noch einmal.',
    ended:
      'Bitten Sie den Inhaber um einen aktuellen Nachweis. Die Einrichtung kann Ihnen sagen, ob das Gelernte noch zählt.',
    early: 'Prüfen Sie ihn noch einmal, wenn seine Gültigkeitsdauer begonnen hat.',
    identify:
      'Fragen Sie die Person, unter welcher E-Mail-Adresse oder Kennung sie ihn erhalten hat, prüfen Sie damit noch einmal und vergewissern Sie sich selbst ihrer Identität.',
    'by-file':
      'Vergewissern Sie sich, dass die Adresse vollständig ist und mit https:// beginnt, oder bitten Sie den Inhaber um die Datei und reichen Sie diese ein.',
    'see-above': 'Siehe die Prüfung, die nicht bestanden wurde oder nicht möglich war.',
    nothing: 'Sie brauchen nichts zu tun.',
  },
};
