import type { CodeWords } from '../codes.ts';

export const en: CodeWords = {
  meaning: {
    'not-utf-8': 'The file is not readable text.',
    'not-json': 'What was handed in is neither a credential file nor a signed token.',
    'not-a-credential': 'What was handed in contains no credential.',
    'token-malformed':
      'The text is neither a credential file nor a complete signed token. Part of it may be missing.',
    'byte-order-mark': 'A program added an invisible mark at the beginning of the file.',
    'too-long': 'The credential is longer than this service reads.',
    'too-deep': 'The credential is nested more deeply than this service reads.',
    'too-complex': 'The credential has more parts than this service examines.',
    'duplicate-member':
      'The same entry appears twice in the file, so two readers could see two different credentials.',
    'reserved-member':
      'The file contains an entry that may be used to mislead the program reading it.',
    'lone-surrogate': 'The file contains a damaged character.',
    'number-out-of-range': 'The file contains a number that cannot be read exactly.',
    unreadable: 'This was not checked because the credential could not be read.',
    'address-malformed': 'What was given is not an https address.',
    'not-an-open-badge':
      'The file is not built the way an Open Badge has to be: something required is missing or wrong.',
    'version-unsupported':
      'The credential follows a version of the standard that is not checked here.',
    'id-missing': 'The credential has no address or number of its own.',
    'statement-hidden':
      'The credential hides something that was signed, such as its end date or its withdrawal list. Somebody has tampered with it.',
    'unknown-context':
      'The credential uses a vocabulary that this service does not know, so part of what it says has no fixed meaning.',
    'undefined-term':
      'The credential contains something that no vocabulary defines. The signature does not cover it: anyone could have added it.',
    'canonicalisation-timeout': 'Reading the credential took too long and was stopped.',
    overloaded: 'Too many credentials are being checked at the moment.',
    'not-json-ld': 'The credential is not written in the format it claims to use.',
    'check-fault': 'The check could not be made because of a fault in this service.',
    'proof-missing': 'The credential carries no signature. Anyone could have written it.',
    'proof-malformed': 'The signature is damaged or incomplete.',
    'proof-purpose':
      'The signature was made for another purpose than for stating what this credential says.',
    'proof-unsupported': 'The credential is signed in a way that is not checked here.',
    'cryptosuite-unsupported':
      'The credential is signed with a method of cryptography that is not checked here.',
    'proof-in-future': 'The signature says that it was made in the future.',
    'proof-expired': 'The signature was made for a limited time, which is over.',
    'too-many-proofs': 'The credential carries more signatures than are checked here.',
    'signature-wrong':
      'The signature does not fit the credential. It was changed after it was signed, or it was signed with another key.',
    'alg-refused': 'The token is signed with a method that Open Badges does not accept.',
    'typ-refused': 'The token is meant for something other than a credential.',
    'header-refused': 'The token makes demands that are not allowed for a credential.',
    'audience-bound':
      'The token was made out for one particular reader, and not for you or for the public.',
    'claims-disagree': 'The signed token says one thing and the credential inside it another.',
    'no-key': 'This was not checked because the issuer’s key is not known.',
    'no-sound-proof': 'This was not checked because there is no usable signature.',
    terms: 'This was not checked because it cannot be told what was signed.',
    'issuer-missing': 'The credential does not say who issued it.',
    'issuer-key-mismatch': 'Someone other than the issuer named in the credential has signed it.',
    'key-not-listed':
      'The issuer does not list the key that signed among its keys. It may be a forgery, or the issuer has withdrawn the key.',
    'key-not-bound': 'Nothing shows that the key that signed belongs to the issuer.',
    'key-missing': 'The credential does not say with which key it was signed.',
    'key-unfit': 'The key that is named does not suit this kind of signature.',
    'key-revoked': 'The issuer has withdrawn the key that signed, perhaps because it was stolen.',
    'key-expired': 'The issuer no longer uses the key that signed.',
    'key-unavailable': 'The key that signed could not be fetched.',
    'kid-malformed': 'The token names its key in a way that cannot be followed.',
    'verification-method-malformed':
      'The signature names its key in a way that cannot be followed.',
    'did-method-unsupported': 'The issuer publishes its keys in a way that is not supported here.',
    'issuer-document-unavailable':
      'The issuer’s keys could not be fetched: its server does not answer, or not with keys.',
    'issuer-document-malformed': 'The issuer publishes its keys in a way that is not clear.',
    'hosted-copy-differs':
      'The copy that the issuer shows on the web says something else than the one handed in.',
    'date-malformed': 'A date of the credential cannot be read.',
    'dates-out-of-order': 'The credential ends before it begins.',
    'not-yet-valid': 'The credential only becomes valid on a later date.',
    expired: 'The credential’s period of validity is over.',
    revoked: 'The issuer has withdrawn this credential for good.',
    suspended: 'The issuer has suspended this credential for the time being.',
    'no-status':
      'The issuer has not provided for withdrawing this credential, so there was nothing to look up.',
    unproven:
      'This was not checked, because the issuer is only asked about credentials that are proven to be genuine.',
    'status-entry-malformed':
      'The credential does not say clearly where its issuer would announce a withdrawal.',
    'status-type-unsupported':
      'The issuer announces withdrawals in a way that is not checked here.',
    'status-purpose-unsupported':
      'The issuer publishes a state of the credential other than withdrawal or suspension, which is not checked here.',
    'status-list-unavailable':
      'The issuer’s list of withdrawn credentials could not be fetched. This one may have been withdrawn.',
    'status-list-malformed': 'The issuer’s list of withdrawn credentials cannot be read.',
    'status-list-mismatch':
      'The list of withdrawn credentials that was found is not that of this issuer or this credential.',
    'status-list-unproven':
      'The list of withdrawn credentials is not soundly signed by the issuer, so it cannot be relied on.',
    'status-list-out-of-date': 'The issuer’s list of withdrawn credentials is out of date.',
    'status-index-out-of-range':
      'The issuer’s list of withdrawn credentials has no place for this one.',
    'recipient-mismatch':
      'The credential was issued to someone else than the e-mail address or identifier you gave.',
    'spelling-unsupported':
      'Something important in the badge is spelled in a way that not every program understands.',
    'key-document-malformed': 'The address of the key gives something that is no key.',
    'key-malformed': 'The issuer describes its key in a way that is not clear.',
    'key-not-named': 'The badge does not say with which of the issuer’s keys it was signed.',
    'no-issuer': 'This was not checked, because the issuer’s profile could not be read.',
    'proof-mismatch':
      'The badge is signed but says of itself that it is not, so the signature proves nothing.',
    'hosted-copy-changed':
      'Part of what the badge says is not what the issuer publishes at its address today.',
    'embedded-copy-differs':
      'The badge says something about what was earned or about its issuer that is not published at their own addresses.',
    'issuer-origin-mismatch':
      'The badge is published at an address that does not belong to the issuer it names.',
    'issuer-scope-unsupported':
      'The issuer describes where it publishes its badges in a way that is not read here.',
    'recipient-not-named': 'The credential does not name its holder by this kind of identifier.',
    'recipient-hash-unknown':
      'The credential names its holder in a disguised form that cannot be compared here.',
    'refreshed-mismatch':
      'When asked for a newer version, the issuer’s server gave another credential, or one of another issuer.',
    'newest-not-in-force':
      'By its newest version, which the issuer published, the credential is no longer in force.',
    'newest-status-open':
      'Whether the newest version of the credential was withdrawn could not be found out.',
    'not-an-endorsement': 'It is not a sound endorsement.',
    'endorsement-of-another': 'The endorsement is about something else.',
  },
  fetched: {
    address: 'Nothing could be fetched from the address that was given.',
    'hosted-copy': 'The copy that the issuer shows on the web could not be fetched.',
    'badge-class': 'The issuer’s description of the badge could not be fetched.',
    'issuer-document': 'The issuer’s profile and keys could not be fetched.',
    key: 'The key of the issuer could not be fetched.',
    'status-list':
      'The issuer’s list of withdrawn credentials could not be fetched. This one may have been withdrawn.',
    refresh: 'The issuer’s newer version of the credential could not be fetched.',
  },
  fetchFault: {
    forbidden: 'The address is not a public https address, and no other is asked from here.',
    timeout: 'The server did not answer in time.',
    'too-large': 'What the server answers is too large.',
    unreachable: 'The server cannot be reached.',
    'bad-status': 'The server answers, but not with a document.',
    gone: 'The server says that it was withdrawn for good.',
    'too-many-redirects': 'The server passes on to other addresses too often.',
    'encoding-refused': 'The server answers in a compressed form that was not asked for.',
    'too-many-addresses': 'Too many addresses had to be asked for one check.',
    elsewhere: 'The server passes on to another host, whose word does not count for it.',
  },
  advice: {
    distrust:
      'Do not rely on it. Ask the institution named in it through a contact you already know, not through one given in the credential.',
    original:
      'Ask the holder for the original file, exactly as they received it. Copying, editing or converting may have damaged this one.',
    resubmit:
      'Give the credential itself: the file or the token that the holder received, not a picture, a certificate on paper or a page about it.',
    'issuer-repairs':
      'Only the issuer can put this right. Tell the institution, and do not treat the credential as valid until it has.',
    elsewhere:
      'This says nothing against the credential, and nothing for it. Ask the institution to confirm it, or use a verifier that the institution recommends.',
    later:
      'Try again in a few minutes. If it still fails, ask the institution. Until the check succeeds, do not treat the credential as valid.',
    ours: 'Try again later. If it happens again, tell whoever runs this service.',
    withdrawn:
      'Do not accept it. The holder can ask the institution for the reason, and whether another credential replaces it.',
    paused: 'Do not accept it for now. Ask the institution, or check again later.',
    ended:
      'Ask the holder for a current credential. The institution can tell you whether what was learnt still counts.',
    early: 'Check it again when its period of validity has begun.',
    identify:
      'Ask the person under which e-mail address or identifier they received it, check again with that, and make sure of their identity yourself.',
    'by-file':
      'Make sure that the address is complete and begins with https://, or ask the holder for the file and hand that in.',
    'see-above': 'See the check that failed or could not be made.',
    nothing: 'There is nothing for you to do.',
  },
};
