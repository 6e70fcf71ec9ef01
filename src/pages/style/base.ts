/** Colours, type and the frame. Every pair of text and ground has a contrast of 4.5 or more (WCAG 2.2, 1.4.3). */
export const BASE = `
:root {
  color-scheme: light dark;
  --colon: ": ";
  --ground: #f3f1ec;
  --paper: #fffefb;
  --ink: #1f2328;
  --quiet: #565c64;
  --line: #d8d3c7;
  --strong-line: #7d7a72;
  --accent: #1d3a5f;
  --gold: #8a6a1f;
  --link: #174f8f;
  --good: #1b5e37;
  --good-ground: #e9f3ec;
  --bad: #9b1c1c;
  --bad-ground: #fbeaea;
  --doubt: #7a4b00;
  --doubt-ground: #fbf2dd;
  --serif: "Iowan Old Style", "Palatino Linotype", Palatino, "URW Palladio L", "P052", "Book Antiqua", Georgia, "Noto Serif", serif;
  --sans: system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", "Helvetica Neue", Arial, sans-serif;
  --mono: ui-monospace, "SF Mono", "Cascadia Mono", "Noto Sans Mono", "Liberation Mono", Menlo, Consolas, monospace;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #14171b;
    --paper: #1c2026;
    --ink: #e7e5df;
    --quiet: #a9afb8;
    --line: #363c45;
    --strong-line: #7d8590;
    --accent: #b9d0ee;
    --gold: #d9b45c;
    --link: #9cc4f4;
    --good: #8fd6a8;
    --good-ground: #17301f;
    --bad: #ffa8a2;
    --bad-ground: #3b1a1a;
    --doubt: #f2c879;
    --doubt-ground: #352810;
  }
}
html:lang(fr) { --colon: "\\00a0: "; }
*, *::before, *::after { box-sizing: border-box; }
html { font-size: 100%; -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body {
  margin: 0;
  background: var(--ground);
  color: var(--ink);
  font: 1rem/1.6 var(--sans);
  overflow-wrap: anywhere;
}
h1, h2, h3, p, dl, dd, ul, ol, table { margin: 0; }
h1, h2, h3 { line-height: 1.25; text-wrap: balance; }
p + p, p + ul, p + dl, dl + p, ul + p, p + table, table + p, div + p { margin-top: .6rem; }
a { color: var(--link); text-underline-offset: .18em; text-decoration-thickness: .06em; }
a:hover { text-decoration-thickness: .14em; }
:focus-visible { outline: .1875rem solid var(--link); outline-offset: .1875rem; border-radius: .125rem; }
main:focus { outline: none; }
code, .address { font-family: var(--mono); font-size: .86em; overflow-wrap: anywhere; }
img { max-width: 100%; height: auto; }
.note { color: var(--quiet); font-size: .9rem; }
span.note { display: block; font-weight: 400; }
.unseen {
  position: absolute; width: 1px; height: 1px; margin: -1px; overflow: hidden;
  clip-path: inset(50%); white-space: nowrap;
}
.skip {
  position: absolute; left: 1rem; top: -4rem; z-index: 1; padding: .6rem 1rem;
  background: var(--paper); border: .125rem solid var(--link);
}
.skip:focus { top: .5rem; }
.banner, .foot, main { width: min(100% - 2rem, 58rem); margin-inline: auto; }
.banner {
  display: flex; flex-wrap: wrap; gap: .25rem 2rem; align-items: center; justify-content: space-between;
  padding: 1.1rem 0;
}
.brand { font: 600 1.05rem/1.4 var(--serif); }
.brand a { color: var(--accent); text-decoration: none; display: inline-block; padding: .25rem 0; }
.brand a:hover { text-decoration: underline; }
.languages ul { display: flex; flex-wrap: wrap; gap: 0 .25rem; list-style: none; padding: 0; }
.languages a {
  display: inline-block; padding: .3rem .55rem; min-height: 1.75rem; font-size: .9rem; text-decoration: none;
}
.languages a:hover { text-decoration: underline; }
.languages a[aria-current] { color: var(--ink); font-weight: 600; box-shadow: inset 0 -.125rem var(--gold); }
.foot { padding: 1.5rem 0 3rem; color: var(--quiet); font-size: .875rem; }
.foot a { display: inline-block; padding: .25rem 0; }
.specimen {
  margin: 0 0 1rem; padding: .8rem 1.2rem; text-align: center; font-weight: 700; letter-spacing: .02em;
  color: var(--doubt); border: .1875rem dashed currentColor;
  background: repeating-linear-gradient(-45deg, var(--doubt-ground) 0 .8rem, var(--paper) .8rem 1.6rem);
}
.button {
  display: inline-block; padding: .6rem 1.1rem; border: .0938rem solid var(--link); border-radius: .25rem;
  text-decoration: none; font-weight: 600;
}
.button:hover { background: var(--link); color: var(--paper); }
@media (prefers-reduced-motion: no-preference) {
  .button { transition: background-color .12s, color .12s; }
}
`;
