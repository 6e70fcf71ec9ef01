/** What was signed, with one value changed. */
import type { Json } from './digital-bazaar.ts';

/** Where a value stands, and how it becomes another that is as well-formed. */
type Change = readonly [path: string, change: (value: string) => string];
type Changes = Readonly<Record<string, Change>>;

const secondEarlier = (time: string) =>
  new Date(Date.parse(time) - 1000).toISOString().replace('.000Z', 'Z');
const nextIndex = (index: string) => String((Number(index) + 1) % 131_072);
const longer = (text: string) => `${text}x`;
const otherLetter = (text: string) => {
  const at = text.length >> 1;
  return `${text.slice(0, at)}${text[at] === '7' ? '8' : '7'}${text.slice(at + 1)}`;
};

const proofChanges = (proof: string): Changes => ({
  'proof.created': [`${proof}.created`, secondEarlier],
  proofValue: [`${proof}.proofValue`, otherLetter],
});

export const BADGE_CHANGES: Changes = {
  subject: ['credentialSubject.identifier.0.identityHash', longer],
  achievement: ['credentialSubject.achievement.name', longer],
  issuer: ['issuer.name', longer],
  validFrom: ['validFrom', secondEarlier],
  status: ['credentialStatus.statusListIndex', nextIndex],
  ...proofChanges('proof.0'),
};

export const LIST_CHANGES: Changes = {
  subject: ['credentialSubject.encodedList', otherLetter],
  issuer: ['issuer', longer],
  validFrom: ['validFrom', secondEarlier],
  'status purpose': ['credentialSubject.statusPurpose', longer],
  ...proofChanges('proof'),
};

/** A copy of a document in which one value is another. Throws where there is no such value. */
export function changed(document: Json, [path, change]: Change): Json {
  const copy = structuredClone(document);
  const names = path.split('.');
  const last = names.pop() ?? '';
  let holder: Json = copy;
  for (const name of names) holder = holder[name];
  if (typeof holder[last] !== 'string') throw new Error(`no value at ${path}`);
  holder[last] = change(holder[last]);
  return copy;
}

export const TOKEN_PARTS = ['header', 'payload', 'signature'] as const;

/** A token with one bit of one part turned. */
export function turnedBit(token: string, part: (typeof TOKEN_PARTS)[number]): string {
  const parts = token.split('.');
  const at = TOKEN_PARTS.indexOf(part);
  const bytes = Buffer.from(parts[at] ?? '', 'base64url');
  const middle = bytes.length >> 1;
  bytes[middle] = (bytes[middle] ?? 0) ^ 1;
  parts[at] = bytes.toString('base64url');
  return parts.join('.');
}
