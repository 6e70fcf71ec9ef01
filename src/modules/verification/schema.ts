import { Type } from 'typebox';

const text = (options: { description?: string } = {}) =>
  Type.String({ maxLength: 500, ...options });

const VerificationCheck = Type.Object({
  name: Type.Enum(['structure', 'terms', 'proof', 'issuer-key', 'validity', 'status', 'recipient']),
  outcome: Type.Enum(['passed', 'failed', 'undetermined', 'skipped'], {
    description:
      'undetermined: the check could not be made. skipped: an earlier failure, or the credential, left nothing to check.',
  }),
  code: Type.Optional(Type.String({ description: 'Stable, for programs; absent when passed.' })),
  message: text({ description: 'A sentence for people.' }),
});

const Verdict = (description?: string) =>
  Type.Enum(['valid', 'invalid', 'undetermined'], description === undefined ? {} : { description });

const CredentialSummary = Type.Object(
  {
    id: Type.Optional(text()),
    types: Type.Array(text()),
    name: Type.Optional(text()),
    issuer: Type.Object({ id: Type.Optional(text()), name: Type.Optional(text()) }),
    subject: Type.Optional(Type.Object({ id: Type.Optional(text()), name: Type.Optional(text()) })),
    validFrom: Type.Optional(text()),
    validUntil: Type.Optional(text()),
    format: Type.Enum(['data-integrity', 'vc-jwt', 'open-badges-2-hosted', 'open-badges-2-signed']),
  },
  { description: 'What the credential says. Worth no more than the verdict.' },
);

export const VerificationReport = Type.Object(
  {
    verdict: Verdict(
      'invalid: a check failed. undetermined: nothing failed, and something could not be checked.',
    ),
    checks: Type.Array(VerificationCheck, {
      description:
        'Always all of them, in this order; `recipient` only where the request names one.',
    }),
    credential: Type.Optional(CredentialSummary),
    issuerIdentity: Type.Object(
      {
        voucher: Type.Enum(['domain', 'nobody']),
        domain: Type.Optional(text({ description: 'In ASCII, so that a look-alike shows.' })),
        address: Type.Optional(
          text({
            description: 'The id of the issuer in ASCII, where it is proven to be the issuer.',
          }),
        ),
        message: text(),
      },
      { description: 'Who vouches that the issuer is who it says; apart from the checks.' },
    ),
    warnings: Type.Array(
      Type.Object({
        code: Type.String({ description: 'Stable, for programs.' }),
        message: text(),
        text: Type.Optional(text({ description: 'The text in question, made harmless.' })),
      }),
      { description: 'What to look at twice, whatever the verdict.' },
    ),
    endorsements: Type.Array(
      Type.Object({
        about: Type.Enum(['credential', 'achievement', 'issuer']),
        issuer: Type.Object({ id: Type.Optional(text()), name: Type.Optional(text()) }),
        comment: Type.Optional(text()),
        verdict: Verdict(),
        checks: Type.Array(VerificationCheck),
      }),
      { description: 'What others say; each with a verdict of its own. The first ten.' },
    ),
    refreshed: Type.Optional(
      Type.Object(
        {
          verdict: Verdict(),
          checks: Type.Array(VerificationCheck),
          credential: Type.Optional(CredentialSummary),
          differs: Type.Boolean({
            description: 'Whether a newer version, proven to be genuine, says something else.',
          }),
        },
        {
          description:
            'What the refresh service of the credential answered. A newer version that was revoked or has ended makes the credential invalid; one that is valid does not make an invalid one valid.',
        },
      ),
    ),
    verifiedAt: text({ description: 'Time of the verification.' }),
  },
  { $id: 'VerificationReport', description: 'The outcome of a verification.' },
);
