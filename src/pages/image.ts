/** Pictures on pages. Only those under the public address of the issuer: whoever serves another would learn who reads. */
import type { CredentialClass } from '../core/credential-class.ts';
import { addressesOf, type Issuer } from '../core/issuer.ts';
import { textIn } from '../core/language-map.ts';
import { type Element, h } from './element.ts';
import type { PageLanguage } from './language.ts';

/** The path of an image that lies under the public address of the issuer, or undefined. */
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

/** The logo: the image hosted here, or an address that happens to lie here. */
export function logoOf(issuer: Issuer): Element | undefined {
  const { image, logo } = issuer.body;
  const path = ownImage(image === undefined ? logo : addressesOf(issuer).image(image), issuer);
  return path === undefined ? undefined : h('img', { class: 'logo', src: path, alt: '' });
}

/** The picture of a class, as it is shared: its address, and what it shows in words. */
export interface SharedImage {
  readonly url: string;
  readonly alt: string;
}

/** Absent where the version was published before there were pictures. */
export function sharedImage(
  issuer: Issuer,
  { imageDigest, body }: CredentialClass,
  language: PageLanguage,
): { readonly image?: SharedImage } {
  if (imageDigest === undefined) return {};
  const alt = textIn(body.image?.alt ?? body.title, language);
  return { image: { url: addressesOf(issuer).image(imageDigest), alt } };
}

/** One that was drawn says what the heading beside it says, and is passed over by those who listen. */
export function emblemOf(
  issuer: Issuer,
  { imageDigest, body }: CredentialClass,
  language: PageLanguage,
): Element | undefined {
  if (imageDigest === undefined) return undefined;
  const src = ownImage(addressesOf(issuer).image(imageDigest), issuer);
  const alt = body.image?.alt === undefined ? '' : textIn(body.image.alt, language);
  return h('img', { class: 'emblem', src, alt, width: 176, height: 176 });
}
