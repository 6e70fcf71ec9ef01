import { issuerAddresses } from '../../core/address.ts';
import type { StoredAnswer } from '../../core/idempotency.ts';
import type { Format } from '../../core/issuer.ts';
import type { DocumentEntry, StoredAssertion } from './repository.ts';

/** Where each form is downloaded; the bare address of the credential answers by `Accept`. */
const SUFFIX: Readonly<Record<Format, string>> = { ob3: '.json', 'ob3-jwt': '.jwt' };

/** What a view shows: a stored award, or one that is being published. */
export type ShownAssertion = Pick<
  StoredAssertion,
  | 'id'
  | 'issuerId'
  | 'externalId'
  | 'state'
  | 'classId'
  | 'lineageId'
  | 'recipientId'
  | 'period'
  | 'visibility'
  | 'inputs'
  | 'issuedAt'
  | 'statusReason'
  | 'statusChangedAt'
  | 'supersedes'
  | 'supersededBy'
> & { readonly documents: readonly DocumentEntry[] };

/** An award as the management API shows it. */
export function toView(assertion: ShownAssertion, baseUrl: string) {
  const url = issuerAddresses(baseUrl, assertion.issuerId).credential(assertion.id);
  return {
    id: assertion.id,
    ...optional('externalId', assertion.externalId),
    state: assertion.state,
    url,
    credentialClass: { id: assertion.classId, lineage: assertion.lineageId },
    recipient: { id: assertion.recipientId, fullName: assertion.inputs.recipient.fullName },
    period: assertion.period,
    ...optional('visibility', assertion.visibility),
    award: assertion.inputs.body,
    issuedAt: assertion.issuedAt.toISOString(),
    ...optional('statusReason', assertion.statusReason),
    ...optional('statusChangedAt', assertion.statusChangedAt?.toISOString()),
    ...optional('supersedes', assertion.supersedes),
    ...optional('supersededBy', assertion.supersededBy),
    documents: assertion.documents.map(({ format, mediaType, digest }) => ({
      format,
      mediaType,
      url: `${url}${SUFFIX[format]}`,
      digest,
    })),
  };
}

function optional<Name extends string>(name: Name, value: string | undefined) {
  return value === undefined ? {} : { [name]: value };
}

/** The path of an award in the management API. */
export function pathOf(id: string): string {
  return `/v1/assertions/${id}`;
}

/** The answer to the request that made an award, kept for its repetition. */
export function createdAnswer(assertion: ShownAssertion, baseUrl: string): StoredAnswer {
  return {
    status: 201,
    body: JSON.stringify(toView(assertion, baseUrl)),
    location: pathOf(assertion.id),
  };
}
