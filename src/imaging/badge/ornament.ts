/** The drawing around the text. Everything in it follows from two seeds. */
import { sha256 } from '../../core/digest.ts';
import { PALETTES, type Palette } from './palette.ts';

export const SIDE = 512;
const MIDDLE = SIDE / 2;

export function paletteOf(seed: string): Palette {
  const [first = 0] = sha256(seed);
  return PALETTES[first % PALETTES.length] ?? PALETTES[0];
}

/** The tile with its rings; `inner` is drawn on it. Its corners are transparent. */
export function tile(palette: Palette, patternSeed: string, inner: string): string {
  const { from, to, accent } = palette;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${SIDE} ${SIDE}" width="${SIDE}" height="${SIDE}">`,
    `<defs><linearGradient id="ground" x1="0" y1="0" x2="1" y2="1"><stop offset="0" stop-color="${from}"/>`,
    `<stop offset="1" stop-color="${to}"/></linearGradient>`,
    `<clipPath id="tile"><rect width="${SIDE}" height="${SIDE}" rx="56"/></clipPath></defs>`,
    `<g clip-path="url(#tile)"><rect width="${SIDE}" height="${SIDE}" fill="url(#ground)"/>`,
    `<g fill="none" stroke="${accent}">${rings(patternSeed)}</g>`,
    `<rect x="9" y="9" width="${SIDE - 18}" height="${SIDE - 18}" rx="48" fill="none" stroke="${accent}" stroke-opacity="0.45" stroke-width="2"/>`,
    `${inner}</g></svg>`,
  ].join('');
}

/** Broken rings about the upper right corner, different for each class. */
function rings(seed: string): string {
  const bytes = sha256(seed);
  return Array.from({ length: 6 }, (_, at) => {
    const radius = 64 + at * 44;
    const length = 2 * Math.PI * radius;
    const [dash = 0, turn = 0, width = 0] = bytes.subarray(at * 3);
    const drawn = (0.12 + (dash / 255) * 0.3) * length;
    const gap = (0.04 + ((255 - dash) / 255) * 0.1) * length;
    const opacity = (0.2 - at * 0.025).toFixed(3);
    return (
      `<circle cx="${SIDE - 40}" cy="40" r="${radius}" stroke-width="${3 + (width % 4) * 4}" stroke-opacity="${opacity}" ` +
      `stroke-dasharray="${drawn.toFixed(1)} ${gap.toFixed(1)}" transform="rotate(${((turn / 255) * 360).toFixed(1)} ${SIDE - 40} 40)"/>`
    );
  }).join('');
}

/** A rosette with a tick, `size` wide about a centre. */
export function rosette(palette: Palette, centre: readonly [number, number], size: number): string {
  const [x, y] = centre;
  const petals = Array.from({ length: 24 }, (_, at) => {
    const angle = (at / 24) * 2 * Math.PI;
    const radius = at % 2 === 0 ? 50 : 42;
    return `${(Math.sin(angle) * radius).toFixed(2)},${(-Math.cos(angle) * radius).toFixed(2)}`;
  }).join(' ');
  return (
    `<g transform="translate(${x} ${y}) scale(${(size / 100).toFixed(4)})">` +
    `<polygon points="${petals}" fill="#ffffff" stroke="#ffffff" stroke-width="6" stroke-linejoin="round"/>` +
    `<circle r="33" fill="none" stroke="${palette.from}" stroke-opacity="0.35" stroke-width="2.5"/>` +
    `<path d="M-17 1 L-5 13 L18 -12" fill="none" stroke="${palette.from}" stroke-width="8.5" stroke-linecap="round" stroke-linejoin="round"/></g>`
  );
}

/** A badge without words. */
export function wordless(palette: Palette, patternSeed: string): string {
  const halo = `<circle cx="${MIDDLE}" cy="${MIDDLE}" r="158" fill="none" stroke="${palette.accent}" stroke-opacity="0.6" stroke-width="3"/>`;
  return tile(palette, patternSeed, halo + rosette(palette, [MIDDLE, MIDDLE], 236));
}
