/** A credential that is named by its address. */
import { type Finding, undetermined } from './finding.ts';
import { fetchFinding, type ResolvedDocument, type VerificationTools } from './tools.ts';

const NO_ADDRESS = undetermined(
  'address-malformed',
  'That is not an address from which anything can be fetched.',
);
const NOT_A_CREDENTIAL = undetermined(
  'not-a-credential',
  'There is no credential at the address. What is there is meant to be looked at: a page or a picture.',
);

/** What stands at the address, or why it could not be had. An address is no fault of a credential. */
export async function fetchCredential(
  address: string,
  tools: VerificationTools,
): Promise<Uint8Array | Finding> {
  const url = URL.parse(address.trim());
  if (url === null) return NO_ADDRESS;
  // The part after # is for the reader, and never sent.
  url.hash = '';
  try {
    const document = await tools.resolve(url.href, { kind: 'credential' });
    return isForEyes(document) ? NOT_A_CREDENTIAL : document.body;
  } catch (error) {
    return fetchFinding(error, 'address', 'Nothing could be fetched from the address.');
  }
}

/** By what it is and not only by what it is called: many hosts call everything text. */
function isForEyes({ mediaType, body }: ResolvedDocument): boolean {
  const start = Buffer.from(body.subarray(0, 512)).toString('latin1').trimStart();
  const looksLikeData = start.startsWith('{') || start.startsWith('eyJ');
  const named = /^(text\/html|application\/xhtml\+xml|image\/|application\/pdf)/.test(mediaType);
  return (
    !looksLikeData && (named || start.startsWith('<') || /^(\x89PNG|%PDF|\xff\xd8)/.test(start))
  );
}
