/** Every operation of the management API with what it takes to call it, for tests that go over all of them. */
import type { Scope } from '../../../src/core/caller.ts';
import { EXAMPLE_DEFINITION } from '../../../src/modules/credential-class/schema.ts';
import { EXAMPLE_PROFILE } from '../../../src/modules/issuer/schema.ts';
import type { Objects, World } from './world.ts';

/** What a call answers: to the issuer's own key, and to a platform key that names no issuer. */
interface Expected {
  readonly own: number;
  /** Where it is not the same as for the own key. */
  readonly platform?: number;
  readonly unnamed: number;
}

export interface Operation {
  readonly id: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly url: string;
  /** What the path names; absent: nothing. */
  readonly object?: keyof Objects;
  /** Absent: any live key. */
  readonly scope?: Scope;
  readonly expected: Expected;
  readonly body?: (world: World) => unknown;
  /** Of a body that is no JSON. */
  readonly contentType?: string;
  /** The change names the version it is based on. */
  readonly ifMatch?: true;
}

let counter = 0;
const fresh = (name: string) => `new-${name}-${++counter}`;

const reason = () => ({ reason: 'Asked for by the learner' });
const issuer = () => ({ externalId: fresh('issuer'), profile: EXAMPLE_PROFILE });
const learner = () => ({
  givenName: 'Ada',
  familyName: 'Lovelace',
  identifiers: [{ type: 'student-number', value: fresh('s') }],
});
const award = () => ({ route: 'course', awardedAt: '2026-06-30T12:00:00Z' });
/** Another picture each time. */
export const picture = () =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64"><title>${fresh('picture')}</title><circle cx="32" cy="32" r="30" fill="#1d3f8f"/></svg>`;
const made = { own: 201, unnamed: 400 };
const read = { own: 200, unnamed: 400 };
const gone = { own: 204, unnamed: 400 };

// biome-ignore format: one operation a line
export const OPERATIONS: readonly Operation[] = [
  { id: 'createClient', method: 'POST', url: '/v1/clients', scope: 'client.manage', expected: { own: 201, unnamed: 201 }, body: () => ({ name: 'LMS', scopes: ['client.manage'] }) },
  { id: 'listClients', method: 'GET', url: '/v1/clients', scope: 'client.manage', expected: { own: 200, unnamed: 200 } },
  { id: 'getClient', method: 'GET', url: '/v1/clients/:id', object: 'client', scope: 'client.manage', expected: { own: 200, unnamed: 404 } },
  { id: 'createClientKey', method: 'POST', url: '/v1/clients/:id/keys', object: 'client', scope: 'client.manage', expected: { own: 201, unnamed: 404 }, body: () => ({}) },
  { id: 'revokeClientKey', method: 'DELETE', url: '/v1/clients/:id/keys/:keyId', object: 'clientKey', scope: 'client.manage', expected: { own: 204, unnamed: 404 } },
  { id: 'disableClient', method: 'DELETE', url: '/v1/clients/:id', object: 'client', scope: 'client.manage', expected: { own: 204, unnamed: 404 } },

  { id: 'createIssuer', method: 'POST', url: '/v1/issuers', scope: 'issuer.write', expected: { own: 403, platform: 201, unnamed: 201 }, body: issuer },
  { id: 'listIssuers', method: 'GET', url: '/v1/issuers', expected: { own: 200, unnamed: 200 } },
  { id: 'getIssuer', method: 'GET', url: '/v1/issuers/:id', object: 'issuer', expected: { own: 200, unnamed: 200 } },
  { id: 'putIssuer', method: 'PUT', url: '/v1/issuers/:id', object: 'issuer', scope: 'issuer.write', expected: { own: 200, unnamed: 200 }, body: () => ({ profile: EXAMPLE_PROFILE }), ifMatch: true },

  { id: 'listKeys', method: 'GET', url: '/v1/keys', scope: 'key.manage', expected: read },
  { id: 'getKey', method: 'GET', url: '/v1/keys/:id', object: 'key', scope: 'key.manage', expected: read },
  { id: 'createKey', method: 'POST', url: '/v1/keys', object: 'noRsaKey', scope: 'key.manage', expected: made, body: () => ({ purpose: 'credential-jwt', algorithm: 'RS256' }) },
  { id: 'rotateKey', method: 'POST', url: '/v1/keys/:id/rotate', object: 'key', scope: 'key.manage', expected: read },
  { id: 'retireKey', method: 'POST', url: '/v1/keys/:id/retire', object: 'key', scope: 'key.manage', expected: read },
  { id: 'markKeyCompromised', method: 'POST', url: '/v1/keys/:id/compromised', object: 'key', scope: 'key.manage', expected: read },

  { id: 'createCredentialClass', method: 'POST', url: '/v1/credential-classes', scope: 'class.write', expected: made, body: () => ({ externalId: fresh('class'), definition: EXAMPLE_DEFINITION }) },
  { id: 'listCredentialClasses', method: 'GET', url: '/v1/credential-classes', expected: read },
  { id: 'getCredentialClass', method: 'GET', url: '/v1/credential-classes/:id', object: 'published', expected: read },
  { id: 'putCredentialClass', method: 'PUT', url: '/v1/credential-classes/:id', object: 'draft', scope: 'class.write', expected: read, body: () => ({ definition: EXAMPLE_DEFINITION }), ifMatch: true },
  { id: 'deleteCredentialClass', method: 'DELETE', url: '/v1/credential-classes/:id', object: 'draft', scope: 'class.write', expected: gone },
  { id: 'publishCredentialClass', method: 'POST', url: '/v1/credential-classes/:id/publish', object: 'draft', scope: 'class.publish', expected: read },
  { id: 'retireCredentialClass', method: 'POST', url: '/v1/credential-classes/:id/retire', object: 'published', scope: 'class.publish', expected: read },
  { id: 'reviseCredentialClass', method: 'POST', url: '/v1/credential-classes/:id/revise', object: 'published', scope: 'class.write', expected: made },

  // Two scopes open it, so it is in no table of operations with one.
  { id: 'uploadImage', method: 'POST', url: '/v1/images', expected: made, body: picture, contentType: 'image/svg+xml' },
  { id: 'listImages', method: 'GET', url: '/v1/images', expected: read },
  { id: 'getImage', method: 'GET', url: '/v1/images/:id', object: 'image', expected: read },

  { id: 'createRecipient', method: 'POST', url: '/v1/recipients', scope: 'assertion.issue', expected: made, body: learner },
  { id: 'listRecipients', method: 'GET', url: '/v1/recipients', scope: 'assertion.read', expected: read },
  { id: 'getRecipient', method: 'GET', url: '/v1/recipients/:id', object: 'recipient', scope: 'assertion.read', expected: read },
  { id: 'putRecipient', method: 'PUT', url: '/v1/recipients/:id', object: 'recipient', scope: 'assertion.issue', expected: read, body: learner, ifMatch: true },

  { id: 'issueAssertion', method: 'POST', url: '/v1/assertions', scope: 'assertion.issue', expected: made, body: (world) => ({ ...award(), credentialClass: { id: world.classId }, recipient: learner() }) },
  { id: 'listAssertions', method: 'GET', url: '/v1/assertions', scope: 'assertion.read', expected: read },
  { id: 'getAssertion', method: 'GET', url: '/v1/assertions/:id', object: 'award', scope: 'assertion.read', expected: read },
  { id: 'reissueAssertion', method: 'POST', url: '/v1/assertions/:id/reissue', object: 'award', scope: 'assertion.issue', expected: made, body: () => ({ ...award(), original: 'keep' }) },
  { id: 'revokeAssertion', method: 'POST', url: '/v1/assertions/:id/revoke', object: 'award', scope: 'assertion.revoke', expected: read, body: reason },
  { id: 'suspendAssertion', method: 'POST', url: '/v1/assertions/:id/suspend', object: 'award', scope: 'assertion.revoke', expected: read, body: reason },
  { id: 'reinstateAssertion', method: 'POST', url: '/v1/assertions/:id/reinstate', object: 'suspended', scope: 'assertion.revoke', expected: read, body: reason },
  { id: 'getVisibility', method: 'GET', url: '/v1/assertions/:id/visibility', object: 'award', scope: 'assertion.read', expected: read },
  { id: 'putVisibility', method: 'PUT', url: '/v1/assertions/:id/visibility', object: 'award', scope: 'assertion.issue', expected: read, body: () => ({ visibility: 'link' }) },
  { id: 'createLink', method: 'POST', url: '/v1/assertions/:id/links', object: 'award', scope: 'assertion.issue', expected: made, body: () => ({ label: 'Employer' }) },
  { id: 'listLinks', method: 'GET', url: '/v1/assertions/:id/links', object: 'award', scope: 'assertion.read', expected: read },
  { id: 'revokeLink', method: 'DELETE', url: '/v1/assertions/:id/links/:linkId', object: 'link', scope: 'assertion.issue', expected: gone },

  { id: 'listAuditEvents', method: 'GET', url: '/v1/audit-events', scope: 'audit.read', expected: { own: 200, unnamed: 200 } },
];

/** The path of an operation for an object. */
export function pathFor(
  operation: Operation,
  parameters: Readonly<Record<string, string>>,
): string {
  return operation.url.replace(/:(\w+)/g, (_, name: string) => parameters[name] ?? '');
}
