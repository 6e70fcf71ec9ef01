/** The verify page: its form, and the report in words. */
export const REPORT = `
.sheet {
  background: var(--paper); border: .0625rem solid var(--line); box-shadow: 0 .0625rem .5rem rgb(0 0 0 / .06);
  padding: clamp(1.5rem, 5vw, 3.5rem) clamp(1.25rem, 5vw, 4rem);
}
.sheet h1 { margin-top: 0; }
.intro { font-family: var(--serif); font-size: 1.1rem; max-width: 42rem; }
.hint { color: var(--quiet); font-size: .9rem; }
.verify-form { max-width: 42rem; margin-top: 1.75rem; }
.verify-form fieldset { border: 0; border-top: .125rem solid var(--gold); margin: 0 0 1.75rem; padding: .9rem 0 0; min-width: 0; }
.verify-form legend { font: 600 1.25rem/1.3 var(--serif); color: var(--accent); padding: 0 .75rem 0 0; }
.field { margin-top: 1rem; }
.field label { display: block; font-weight: 600; }
.field .hint { margin: 0; }
.field input { display: block; width: 100%; margin-top: .35rem; min-height: 2.75rem; }
.field input:not([type="file"]) {
  padding: .5rem .75rem; font: 1rem/1.5 var(--sans); color: var(--ink); background: var(--ground);
  border: .0625rem solid var(--strong-line); border-radius: .25rem;
}
.field input[type="file"] {
  padding: .75rem; font: 1rem/1.5 var(--sans); color: var(--ink);
  border: .125rem dashed var(--strong-line); border-radius: .25rem;
}
input::file-selector-button {
  font: 600 .95rem/1.4 var(--sans); color: var(--link); background: transparent; padding: .45rem .9rem;
  margin-inline-end: 1rem; border: .0938rem solid var(--link); border-radius: .25rem;
}
.field-faulty { border-inline-start: .25rem solid var(--bad); padding-inline-start: 1rem; }
.field .fault { color: var(--bad); font-weight: 600; margin: .15rem 0 0; }
.field-faulty input { border-color: var(--bad) !important; }
.or { margin-top: 1rem; color: var(--quiet); font-style: italic; font-family: var(--serif); }
.choices { display: flex; flex-wrap: wrap; gap: .25rem 1.75rem; margin-top: .75rem; }
.choice { display: inline-flex; gap: .35rem; align-items: center; min-height: 1.75rem; }
.choice input { width: 1.15rem; height: 1.15rem; margin: 0; accent-color: var(--link); }
button {
  font: 600 1.05rem/1.4 var(--sans); padding: .7rem 2rem; min-height: 2.75rem; cursor: pointer;
  color: var(--paper); background: var(--link); border: .125rem solid var(--link); border-radius: .25rem;
}
button:hover { color: var(--link); background: var(--paper); }
.fault-summary {
  border: .125rem solid var(--bad); border-inline-start-width: .5rem; border-radius: .25rem;
  background: var(--bad-ground); padding: 1rem 1.25rem; margin-bottom: 1.5rem;
}
.fault-summary h2 { font: 700 1.1rem/1.3 var(--sans); color: var(--bad); }
.fault-summary ul { margin-top: .35rem; padding-inline-start: 1.25rem; }
.fault-summary a { color: var(--bad); font-weight: 600; }
.sign { width: 1.5rem; height: 1.5rem; flex: none; }
.sign-shape { fill: currentColor; }
.sign-stroke { fill: none; stroke: var(--paper); stroke-width: 2.4; stroke-linecap: round; stroke-linejoin: round; }
.sign-good { color: var(--good); }
.sign-bad { color: var(--bad); }
.sign-open { color: var(--doubt); }
.sign-none { color: var(--quiet); }
.verdict {
  display: flex; gap: 1.25rem; align-items: flex-start; padding: clamp(1.1rem, 3vw, 1.75rem);
  border: .125rem solid currentColor; border-inline-start-width: .5rem; border-radius: .25rem;
}
.verdict .sign { width: 3.25rem; height: 3.25rem; }
.verdict :is(h1, h2) { font: 600 clamp(1.5rem, 1.1rem + 2vw, 2.2rem)/1.2 var(--serif); color: inherit; margin: 0 0 .4rem; }
.verdict p { color: var(--ink); margin: 0; }
.verdict .checked-at { color: var(--quiet); font-size: .9rem; margin-top: .4rem; }
.verdict-valid { color: var(--good); background: var(--good-ground); }
.verdict-invalid { color: var(--bad); background: var(--bad-ground); border-style: double; border-width: .375rem; }
.verdict-undetermined { color: var(--doubt); background: var(--doubt-ground); border-style: dashed; border-inline-start-style: solid; }
.report > section { margin-top: 2.25rem; }
.report > section > :is(h2, h3):first-child {
  font: 600 1.4rem/1.3 var(--serif); color: var(--accent); margin-bottom: .6rem;
  padding-bottom: .35rem; border-bottom: .0625rem solid var(--line);
}
.report section section { margin-top: 1rem; }
.identity :is(h3, h4):not(:first-child) { font: 600 1rem/1.5 var(--sans); margin-top: 1rem; }
.identity ul { margin-top: .25rem; padding-inline-start: 1.25rem; }
.host { font-family: var(--mono); font-size: .95em; }
.check-list, .warnings ul, .endorsements > ul { list-style: none; padding: 0; margin: 0; }
.check { display: flex; gap: 1rem; padding: .9rem 0; border-bottom: .0625rem dotted var(--line); }
.check:last-child { border-bottom: 0; }
.check-body { min-width: 0; }
.check :is(h3, h4, h5, h6) { font: 600 1.05rem/1.45 var(--sans); margin: 0; }
.check p { margin: .15rem 0 0; }
.check .asks { color: var(--quiet); font-size: .9rem; }
.check-passed .outcome { color: var(--good); }
.check-failed .outcome { color: var(--bad); }
.check-undetermined .outcome { color: var(--doubt); }
.check-skipped .outcome { color: var(--quiet); }
.check .advice { margin-top: .5rem; padding: .6rem .9rem; background: var(--ground); border-inline-start: .25rem solid currentColor; }
.check details { margin-top: .4rem; font-size: .9rem; color: var(--quiet); }
.check summary { display: inline-block; padding: .2rem 0; cursor: pointer; text-decoration: underline; text-underline-offset: .18em; }
.warnings { padding: 1rem 1.25rem; background: var(--doubt-ground); border: .125rem solid var(--doubt); border-radius: .25rem; }
.report > .warnings > :is(h2, h3):first-child { border: 0; padding: 0; display: flex; gap: .6rem; align-items: center; color: var(--doubt); }
.warning { margin-top: .75rem; }
.warning p { margin: 0; }
.caution { color: var(--doubt); font-weight: 600; }
.endorsement { padding: .75rem 0; border-bottom: .0625rem dotted var(--line); }
.endorsement :is(h3, h4) { font: 600 1.05rem/1.5 var(--sans); }
.endorsement .sign { width: 1.1rem; height: 1.1rem; vertical-align: -.15rem; }
.checked-input { margin-top: 2.25rem; padding-top: 1rem; border-top: .0625rem solid var(--line); }
.again { margin-top: 1rem; }
.again a { display: inline-block; padding: .25rem 0; }
@media (max-width: 44rem) {
  .sheet { border-inline: 0; }
}
@media (max-width: 30rem) {
  .verdict { flex-direction: column; gap: .75rem; }
  .check { gap: .7rem; }
}
@media print {
  .sheet { border: 0; box-shadow: none; padding: 0; font-size: 9.5pt; }
  .verify-form, .fault-summary, .again, .check details { display: none; }
  .verdict { padding: 3mm; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  .verdict :is(h1, h2) { font-size: 18pt; }
  .report { font-size: 9.5pt; }
  .report > section { margin-top: 5mm; }
  .report > section > :is(h2, h3) { font-size: 12pt; margin-bottom: 1mm; break-after: avoid; }
  .check { padding: 1.2mm 0; break-inside: avoid; }
  .sign { width: 4mm; height: 4mm; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  .verdict .sign { width: 10mm; height: 10mm; }
}
`;
