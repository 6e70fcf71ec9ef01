/** The part of SVG that a still picture needs. What is not named here does not survive. */

export const SVG_NAMESPACE = 'http://www.w3.org/2000/svg';

const words = (text: string): readonly string[] => text.trim().split(/\s+/);

/** No script, foreignObject, links, animation, metadata or feImage. */
export const ELEMENTS: readonly string[] = words(`
  svg g defs symbol use title desc style
  path rect circle ellipse line polyline polygon image text tspan textPath
  linearGradient radialGradient stop pattern clipPath mask marker
  filter feBlend feColorMatrix feComponentTransfer feFuncA feFuncB feFuncG feFuncR feComposite
  feDropShadow feFlood feGaussianBlur feMerge feMergeNode feMorphology feOffset
`);

/** No event handler begins with anything but "on", and none is here. */
export const ATTRIBUTES: readonly string[] = words(`
  id class style href role lang xml:space xml:lang version xmlns aria-label aria-hidden aria-labelledby
  viewBox preserveAspectRatio width height x y x1 y1 x2 y2 cx cy r rx ry fx fy fr dx dy rotate d points
  pathLength transform gradientTransform gradientUnits spreadMethod offset patternUnits
  patternContentUnits patternTransform clipPathUnits maskUnits maskContentUnits refX refY markerWidth
  markerHeight markerUnits orient startOffset method spacing side textLength lengthAdjust
  fill fill-opacity fill-rule stroke stroke-dasharray stroke-dashoffset stroke-linecap stroke-linejoin
  stroke-miterlimit stroke-opacity stroke-width opacity color display visibility overflow clip-path
  clip-rule mask mask-type filter marker-start marker-mid marker-end paint-order vector-effect
  stop-color stop-opacity flood-color flood-opacity color-interpolation color-interpolation-filters
  shape-rendering text-rendering image-rendering mix-blend-mode isolation
  font-family font-size font-size-adjust font-stretch font-style font-variant font-weight
  letter-spacing word-spacing text-anchor text-decoration dominant-baseline alignment-baseline
  baseline-shift direction writing-mode unicode-bidi
  filterUnits primitiveUnits in in2 result mode operator k1 k2 k3 k4 type values stdDeviation radius
  tableValues slope intercept amplitude exponent edgeMode
`);

/** The id of another element of the same picture. */
const FRAGMENT = String.raw`#[\w.:-]{1,200}`;
const LOCAL_REFERENCE = new RegExp(`^${FRAGMENT}$`);
const LOCAL_PAINT = new RegExp(String.raw`url\(\s*(["']?)(${FRAGMENT})\1\s*\)`, 'g');
const EMBEDDED_PICTURE = /^data:image\/(png|jpeg);base64,[A-Za-z0-9+/\s]+={0,2}\s*$/;

/** What in an attribute or a style could load, run or hide something. */
const SUSPECT =
  /url\s*\(|\\|@|<|javascript|vbscript|data:|expression|https?:|\/\/|import|image-set|src\s*\(|-moz-binding|behavior/i;

/** Whether a value names nothing outside the picture and runs nothing. */
export function isTame(value: string): boolean {
  return !SUSPECT.test(value.replace(LOCAL_PAINT, ''));
}

/** An address may be a place in the same picture; that of an `image` is a picture within. */
export function isTameReference(element: string, value: string): boolean {
  return element === 'image' ? EMBEDDED_PICTURE.test(value) : LOCAL_REFERENCE.test(value);
}

/** Ids that a value paints with, without the `#`. */
export function paintedWith(value: string): string[] {
  return [...value.matchAll(LOCAL_PAINT)].map(([, , reference = '#']) => reference.slice(1));
}
