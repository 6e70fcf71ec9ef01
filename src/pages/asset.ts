/** What a page loads beside itself: each file at an address that names its content, so it may be kept for ever. */
import { sha256Base64Url } from '../core/digest.ts';
import { STYLESHEET } from './style.ts';

export interface Asset {
  readonly name: string;
  readonly mediaType: string;
  readonly body: string;
}

/** A seal with a tick cut out of it. */
const ICON_SVG =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><circle cx="16" cy="16" r="15" fill="#1d3a5f"/><circle cx="16" cy="16" r="11.5" fill="none" stroke="#e7c46a" stroke-width="1.5"/><path d="M10 16.5l4.2 4.2L22 12.6" fill="none" stroke="#fff" stroke-width="2.6" stroke-linecap="round" stroke-linejoin="round"/></svg>';

function asset(body: string, extension: string, mediaType: string): Asset {
  return { name: `${sha256Base64Url(body)}.${extension}`, mediaType, body };
}

export const STYLESHEET_ASSET = asset(STYLESHEET, 'css', 'text/css; charset=utf-8');
export const ICON_ASSET = asset(ICON_SVG, 'svg', 'image/svg+xml');

export const ASSETS: readonly Asset[] = [STYLESHEET_ASSET, ICON_ASSET];

/** Path of an asset below the root of the service. */
export function assetPath({ name }: Asset): string {
  return `/assets/${name}`;
}
