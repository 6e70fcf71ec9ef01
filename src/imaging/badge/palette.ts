/** Colours of drawn badges. White text on every ground has a contrast of at least 7 to 1 (WCAG 2.2, 1.4.6). */
export interface Palette {
  /** Ground, from the upper left to the lower right. */
  readonly from: string;
  readonly to: string;
  /** Light tone for small text and lines on the ground. */
  readonly accent: string;
}

export const PALETTES: readonly [Palette, ...Palette[]] = [
  { from: '#1d3f8f', to: '#0b1f4d', accent: '#bcd3ff' },
  { from: '#0b5a5e', to: '#04292e', accent: '#a5ece4' },
  { from: '#5a2a86', to: '#2b1048', accent: '#e3c9ff' },
  { from: '#8a1f3d', to: '#460a1c', accent: '#ffc9d4' },
  { from: '#1c5b34', to: '#0a2c18', accent: '#bdf0c9' },
  { from: '#7a3c08', to: '#3d1b02', accent: '#ffd9ae' },
  { from: '#37424f', to: '#161c24', accent: '#d3deea' },
  { from: '#7a1f6b', to: '#3b0a34', accent: '#ffc7f2' },
  { from: '#1a5276', to: '#0a2740', accent: '#b5e2ff' },
  { from: '#544a12', to: '#292405', accent: '#f3e6a0' },
];
