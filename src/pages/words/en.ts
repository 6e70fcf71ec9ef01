export const en = {
  serviceName: 'Micro-credentials',
  skipToContent: 'Skip to the content',
  language: 'Language',
  verifyAnother: 'Check a credential',
  privacyNote:
    'This page runs no scripts, sets no cookies and loads nothing from anyone else. Nobody is told that you read it.',
  /** The checks of a verification by what they ask. */
  checks: {
    structure: 'Is it a complete Open Badge?',
    terms: 'Do all its terms have a meaning?',
    proof: 'Is it unchanged since it was signed?',
    'issuer-key': 'Was it signed with a key of the issuer?',
    validity: 'Is it within its period of validity?',
    status: 'Has it been revoked or suspended?',
    recipient: 'Is it about the person named?',
  },
  outcomes: {
    passed: 'Passed',
    failed: 'Failed',
    undetermined: 'Could not be checked',
    skipped: 'Not applicable',
  },
  verdicts: {
    valid: 'Valid',
    invalid: 'Not valid',
    undetermined: 'Could not be determined',
  },
} as const;
