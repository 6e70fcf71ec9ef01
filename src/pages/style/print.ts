/** On paper: the certificate first, everything else small below it, no navigation, the address in words. */
export const PRINT = `
@media print {
  @page { size: A4; margin: 8mm 10mm; }
  :root {
    color-scheme: light; --ground: #fff; --paper: #fff; --ink: #000; --quiet: #444; --line: #bbb; --strong-line: #777;
    --accent: #1d3a5f; --gold: #7a5c14; --link: #000; --good: #14532d; --good-ground: #fff; --bad: #8b0000;
    --bad-ground: #fff; --doubt: #6b4100; --doubt-ground: #fff;
  }
  html { font-size: 6.2pt; }
  body, .note, .element > h3, dt, .outcomes { line-height: 1.25; }
  .banner, .foot, .skip, .screen, .languages { display: none; }
  main { width: 100%; }
  a { color: inherit; text-decoration: none; }
  .credential { border: 0; box-shadow: none; columns: 2; column-gap: 6mm; }
  .face { column-span: all; padding: 2mm 0 1mm; }
  .face header { position: relative; }
  .emblem { position: absolute; inset-block-start: 0; inset-inline-end: 0; width: 22mm; height: 22mm; margin: 0; }
  .logo { position: absolute; inset-block-start: 0; inset-inline-start: 0; max-height: 14mm; max-width: 32mm; margin: 0; }
  .face h1 { font-size: 18pt; margin: 0 auto .5mm; max-width: 120mm; }
  .learner { font-size: 14pt; }
  .kicker, .by, .to .small { font-size: 9pt; }
  .state { margin-top: 2mm; padding: 1mm 3mm; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  .state h2 { font-size: 11pt; }
  .state.bad h2 { font-size: 16pt; }
  .glance dl { margin-top: 2.5mm; gap: 1mm 4mm; grid-template-columns: repeat(5, minmax(0, 1fr)); }
  .glance .row { padding-top: .5mm; }
  .glance dd { font-size: 9pt; }
  .group { padding: 1mm 0; break-inside: auto; }
  .group > h2 { font-size: 10pt; margin-bottom: .3mm; break-after: avoid; }
  .element { grid-template-columns: 27mm minmax(0, 1fr); gap: 0 2mm; padding: .3mm 0; break-inside: avoid; }
  dl .row { grid-template-columns: 27mm minmax(0, 1fr); gap: 0 2mm; padding: .25mm 0; break-inside: avoid; }
  :is(.value, th, li) dl .row { display: block; padding: 0; }
  :is(.value, th, li) dl .row :is(dt, dd, dd > div, dd p, dd dl, dd .row) { display: inline; }
  :is(.value, th, li) dl .row dt::after { content: var(--colon); }
  dd dl .row::after { content: "; "; }
  table.stack thead { display: none; }
  table.stack :is(tr, th, td) { display: block; }
  table.stack :is(th, td) { border: 0; padding: 0; }
  table.stack tr { padding: .5mm 0; }
  table.stack td::before { content: attr(data-label) var(--colon); color: var(--quiet); font-weight: 600; }
  .element > h3, dt, .note, caption, thead th, .value dl .row, th dl .row, li dl .row { font-size: 1rem; }
  .outcomes, .offers { font-size: 1.1rem; }
  .outcomes li + li { margin-top: .3mm; }
  .outcomes .note { display: inline; padding-inline-start: .4em; }
  th, td { padding: .2mm 1.5mm .2mm 0; }
  .lines > div { display: inline; }
  .lines > div + div::before { content: ", "; }
  dd .lead::after { content: "; "; }
  ul.plain > li + li { margin-top: .3mm; }
  ul.cards > li + li { margin-top: .8mm; padding-top: .8mm; }
  .checks { margin-top: .5mm; }
  .checks li { padding: .3mm 0; grid-template-columns: 4mm minmax(0, 1fr) auto; break-inside: avoid; }
  p + p, p + ul, p + dl, dl + p, ul + p, p + table, table + p, div + p { margin-top: .5mm; }
  .element caption, .alone caption, #checks + p, #issuer + .note { display: none; }
  .element > h3 { padding: 0; }
  thead th, .number { overflow-wrap: normal; }
  tr { break-inside: avoid; }
  .specimen { padding: 1mm; font-size: 11pt; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
`;
