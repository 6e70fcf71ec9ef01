import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkRecipient } from '../../../../src/signing/verify/recipient.ts';

const MAIL = 'Ada.Lovelace@Example.org';
const hex = (algorithm: string, text: string) => createHash(algorithm).update(text).digest('hex');
const identity = (members: Record<string, string | boolean>) => ({
  type: 'IdentityObject',
  hashed: false,
  identityType: 'emailAddress',
  ...members,
});
const about = (...identifier: ReturnType<typeof identity>[]) => ({
  credentialSubject: { type: ['AchievementSubject'], identifier },
});
const withId = (id: string) => ({ credentialSubject: { id } });
const email = (value: string) => ({ type: 'email', value }) as const;
const identifier = (value: string) => ({ type: 'identifier', value }) as const;
const outcome = (...args: Parameters<typeof checkRecipient>) => {
  const { outcome: result, code } = checkRecipient(...args);
  return code ?? result;
};

describe('the recipient', () => {
  it('the example of the standard: a@example.com with the salt Kosher', () => {
    const identityHash = `sha256$${hex('sha256', 'a@example.comKosher')}`;
    expect(identityHash).toMatch(/^sha256\$b5809d8a.*f399$/);
    const document = about(identity({ hashed: true, salt: 'Kosher', identityHash }));
    expect(outcome(document, email('a@example.com'))).toBe('passed');
    expect(outcome(document, email('b@example.com'))).toBe('recipient-mismatch');
  });

  it.each([
    ['plain', about(identity({ identityHash: MAIL }))],
    ['as the id of the subject', withId(`mailto:${MAIL}`)],
    ['percent-encoded', withId(`mailto:${MAIL.replace('@', '%40')}`)],
    ['under the name of the guide', about(identity({ identityType: 'email', identityHash: MAIL }))],
    [
      'hashed as it is written',
      about(identity({ hashed: true, identityHash: `sha256$${hex('sha256', MAIL)}` })),
    ],
    [
      'hashed in small letters, with MD5 and a salt',
      about(
        identity({
          hashed: true,
          salt: 's',
          identityHash: `md5$${hex('md5', `${MAIL.toLowerCase()}s`)}`,
        }),
      ),
    ],
    [
      'hashed in capitals',
      about(
        identity({ hashed: true, identityHash: `SHA256$${hex('sha256', MAIL).toUpperCase()}` }),
      ),
    ],
    [
      'one of several',
      about(identity({ identityHash: 'x@y.example' }), identity({ identityHash: MAIL })),
    ],
  ])('is found by e-mail: %s', (_name, document) => {
    expect(outcome(document, email(` ${MAIL} `))).toBe('passed');
    expect(outcome(document, email(`x${MAIL}`))).toBe('recipient-mismatch');
  });

  it('of a plain address is found in whatever letters', () => {
    const document = about(identity({ identityHash: MAIL }));
    expect(outcome(document, email(MAIL.toUpperCase()))).toBe('passed');
  });

  it.each([
    ['the id of the subject', withId('did:example:ada')],
    [
      'a number',
      about(identity({ identityType: 'sisSourcedId', identityHash: 'did:example:ada' })),
    ],
  ])('is found by identifier: %s', (_name, document) => {
    expect(outcome(document, identifier('did:example:ada'))).toBe('passed');
    expect(outcome(document, identifier('did:example:ADA'))).toBe('recipient-mismatch');
    expect(outcome(document, email(MAIL))).toBe('recipient-not-named');
  });

  it('is not told by a name, nor by nothing', () => {
    const named = about(identity({ identityType: 'name', identityHash: 'Ada' }));
    expect(outcome(named, identifier('Ada'))).toBe('recipient-not-named');
    expect(outcome({}, email(MAIL))).toBe('recipient-not-named');
    expect(outcome({ credentialSubject: 'x' }, identifier('x'))).toBe('recipient-not-named');
  });

  it('hashed in an unknown way is left open', () => {
    const document = about(identity({ hashed: true, identityHash: `sha512$${'a'.repeat(128)}` }));
    expect(outcome(document, email(MAIL))).toBe('recipient-hash-unknown');
    const textual = about(identity({ hashed: true, identityHash: MAIL }));
    expect(outcome(textual, email(MAIL))).toBe('recipient-hash-unknown');
  });

  it('is repeated in no answer', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 8 }), fc.string(), (value, other) => {
        const document = about(identity({ identityHash: other }));
        for (const claim of [email(value), identifier(value)]) {
          expect(checkRecipient(document, claim).message).not.toContain(value);
        }
      }),
    );
  });
});
