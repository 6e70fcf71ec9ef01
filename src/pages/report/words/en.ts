export const en = {
  headline: {
    valid: 'This credential is valid.',
    invalid: 'This credential is not valid.',
    undetermined: 'This credential could not be fully checked.',
  },
  explanation: {
    valid: 'Every check that applies was made and passed.',
    invalid: 'At least one check failed. Do not accept it as it stands.',
    undetermined:
      'Nothing was found to be wrong, but not everything could be checked. Do not treat it as valid.',
  },
  checkedAt: 'Checked on {time}.',
  checksTitle: 'What was checked',
  checks: {
    structure: {
      title: 'Form',
      asks: 'Is it a complete digital credential?',
      passed: 'It is built the way an Open Badge has to be.',
    },
    terms: {
      title: 'Meaning',
      asks: 'Does everything in it have a fixed meaning, and was all of it signed?',
      passed: 'Everything in it has a fixed meaning, and all of it was signed.',
    },
    proof: {
      title: 'Signature',
      asks: 'Is it unchanged since it was signed?',
      passed: 'Nothing was changed since it was signed.',
    },
    'issuer-key': {
      title: 'Signed by the issuer',
      asks: 'Does the key that signed belong to the issuer it names?',
      passed: 'The issuer it names publishes the key that signed.',
    },
    validity: {
      title: 'Period of validity',
      asks: 'Is it valid today?',
      passed: 'It is within its period of validity.',
    },
    status: {
      title: 'Withdrawal',
      asks: 'Has the issuer withdrawn or suspended it?',
      passed: 'The issuer has neither withdrawn nor suspended it.',
    },
    recipient: {
      title: 'Holder',
      asks: 'Was it issued to the person you expect?',
      passed: 'It was issued under the e-mail address or identifier you gave.',
    },
  },
  outcomes: {
    passed: 'Passed',
    failed: 'Failed',
    undetermined: 'Could not be checked',
    skipped: 'Not checked',
  },
  whatToDo: 'What to do',
  unexplained: 'The check ended with a result that is only described in English:',
  adviceForUnexplained:
    'Do not treat the credential as valid before the institution has confirmed it through a contact you already know.',
  technical: 'Technical details',
  identity: {
    title: 'Who says so?',
    domain:
      'Whoever runs the Internet domain {domain} published the key that signed. Compare it, letter by letter, with the address of the institution’s website that you know.',
    nobody:
      'Nobody vouches for who the issuer is. The name in the credential is only what the credential itself says.',
    notProven: 'What this does not prove',
    limits: [
      'that the issuer’s legal name is right, or that the institution is accredited;',
      'that the person who shows you the credential is the one it is about;',
      'that another institution or an employer has to recognise it.',
    ],
  },
  warnings: {
    title: 'Look twice',
    intro: 'This is no proof of deceit, but it is how one name is made to look like another.',
    text: 'In this text',
    characters: 'Unusual characters',
    character: '{character} ({point}, {script})',
    control: 'invisible',
    codes: {
      'newer-version':
        'The issuer has published a newer version of this credential, which says something else. Ask the holder for it.',
      'bidirectional-control':
        'A name or text contains invisible marks that change the direction of reading, by which it can be made to read as something else.',
      'invisible-character': 'A name or text contains invisible characters.',
      'mixed-script': 'A word mixes letters of several alphabets, some of which look the same.',
      'looks-like-latin':
        'A name is written in letters of another alphabet that look like Latin ones.',
      'internationalised-host':
        'The Internet address of the issuer contains letters that can be mistaken for others. Its technical form is shown here.',
    },
  },
  endorsements: {
    title: 'What others say of it',
    intro: 'Endorsements are checked by themselves. They change nothing in the result above.',
    about: {
      credential: 'About this credential',
      achievement: 'About what was earned',
      issuer: 'About the issuer',
    },
    by: 'By',
    unnamed: 'somebody who is not named',
    says: 'Says',
    result: 'Result',
    verdicts: {
      valid: 'Valid',
      invalid: 'Not valid',
      undetermined: 'Could not be fully checked',
    },
  },
  claims: {
    proven: 'What the credential says',
    unproven: 'What the credential claims',
    warning: 'None of this is proven.',
    name: 'Title',
    learner: 'Learner',
    learnerId: 'Identifier of the learner',
    issuer: 'Issuer',
    issuerId: 'Address of the issuer',
    validFrom: 'Valid from',
    validUntil: 'Valid until',
    id: 'Address of the credential',
    format: 'Form',
    formats: {
      'data-integrity': 'File with a signature inside',
      'vc-jwt': 'Signed token (JWT)',
      'open-badges-2-hosted': 'Open Badge 2.0, hosted by its issuer',
      'open-badges-2-signed': 'Open Badge 2.0, signed',
    },
  },
  refreshed: {
    title: 'The newest version',
    intro:
      'When asked, the issuer’s server gave a newer version of this credential. It was checked by itself.',
  },
} as const;
