import type { Issuer } from '../core/issuer.ts';

/**
 * The path of an image that lies under the public address of the issuer, or undefined: an image elsewhere is
 * never loaded, because whoever serves it would learn who reads the page.
 */
export function ownImage(
  address: string | undefined,
  { id, baseUrl }: Pick<Issuer, 'id' | 'baseUrl'>,
): string | undefined {
  if (address === undefined) return undefined;
  const url = URL.parse(address);
  const own = new URL(`${baseUrl}/issuers/${id}/images/`);
  if (url === null || url.origin !== own.origin) return undefined;
  return url.pathname.startsWith(own.pathname) ? url.pathname : undefined;
}
