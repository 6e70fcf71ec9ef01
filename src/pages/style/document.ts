/** The sheet of paper a credential, an achievement or an issuer stands on. */
export const DOCUMENT = `
.credential, .problem {
  background: var(--paper); border: .0625rem solid var(--line); box-shadow: 0 .0625rem .5rem rgb(0 0 0 / .06);
}
.problem { padding: clamp(1.5rem, 6vw, 4rem); }
.problem h1 { font: 600 clamp(1.6rem, 1.2rem + 2vw, 2.2rem)/1.2 var(--serif); margin-bottom: 1rem; }
.face {
  padding: clamp(1.5rem, 5vw, 3.5rem) clamp(1.25rem, 5vw, 4rem) clamp(1.5rem, 4vw, 2.5rem);
  border-top: .375rem solid var(--accent);
  box-shadow: inset 0 .125rem var(--gold);
}
.face header { text-align: center; }
.logo { max-height: 5.5rem; max-width: 14rem; margin: 0 auto 1.25rem; display: block; }
.emblem { width: 11rem; height: 11rem; object-fit: contain; margin: .5rem auto 1rem; display: block; border-radius: .5rem; }
.kicker {
  font: 600 .85rem/1.5 var(--sans); letter-spacing: .09em; text-transform: uppercase; color: var(--gold);
}
.kicker a { color: inherit; }
h1 { font: 600 clamp(1.75rem, 1.1rem + 3vw, 2.85rem)/1.15 var(--serif); color: var(--accent); margin: .35rem 0 1rem; }
h1 a { color: inherit; text-decoration: none; }
h1 a:hover { text-decoration: underline; }
.to .small { display: block; font: italic 1.05rem/1.5 var(--serif); color: var(--quiet); }
.learner { display: block; font: 500 clamp(1.45rem, 1.1rem + 1.6vw, 2rem)/1.3 var(--serif); }
.by { font-family: var(--serif); font-size: 1.1rem; margin-top: .35rem; }
.face .prose { max-width: 42rem; margin: .5rem auto 0; text-align: center; font-family: var(--serif); font-size: 1.1rem; }
.state {
  display: flex; gap: 1rem; align-items: flex-start; margin: 2rem 0 0; padding: 1rem 1.25rem;
  border: .125rem solid currentColor; border-inline-start-width: .5rem; border-radius: .25rem;
}
.state h2 { font: 700 1.2rem/1.3 var(--sans); color: inherit; }
.state p { color: var(--ink); margin-top: .15rem; }
.state .note { color: var(--quiet); }
.state .mark {
  flex: none; width: 2.5rem; height: 2.5rem; display: grid; place-items: center; border-radius: 50%;
  border: .15rem solid currentColor; font: 700 1.35rem/1 var(--sans);
}
.state.good { color: var(--good); background: var(--good-ground); }
.state.doubtful { color: var(--doubt); background: var(--doubt-ground); border-style: dashed; border-inline-start-style: solid; }
.state.bad { color: var(--bad); background: var(--bad-ground); border-style: double; border-width: .375rem; }
.state.bad .mark { border-radius: 0; background: var(--bad); color: var(--paper); }
.state.bad h2 { font-size: 1.6rem; text-transform: uppercase; letter-spacing: .04em; }
.against-revoked h1, .against-invalid h1 { text-decoration: line-through; text-decoration-thickness: .08em; }
:is(.against-revoked, .against-invalid, .against-expired) .emblem { filter: grayscale(1); opacity: .45; }
.against-revoked h1 a, .against-invalid h1 a { text-decoration: inherit; }
.glance dl { display: grid; grid-template-columns: repeat(auto-fit, minmax(8rem, 1fr)); gap: 1rem 1.25rem; margin-top: 2rem; }
.glance .row { display: block; border-top: .0625rem solid var(--line); padding-top: .5rem; }
.glance dt { font-size: .82rem; color: var(--quiet); }
.glance dd { font: 500 1.1rem/1.35 var(--serif); }
.group { padding: clamp(1.4rem, 4vw, 2.25rem) clamp(1.25rem, 5vw, 4rem); border-top: .0625rem solid var(--line); }
.group > h2 { font: 600 1.4rem/1.3 var(--serif); color: var(--accent); margin-bottom: .9rem; }
.element { display: grid; grid-template-columns: 13rem minmax(0, 1fr); gap: 0 1.75rem; padding: .55rem 0; }
.element + .element { border-top: .0625rem dotted var(--line); }
.element > h3 { font: 600 .92rem/1.5 var(--sans); color: var(--quiet); padding-top: .1rem; }
dl .row { display: grid; grid-template-columns: 13rem minmax(0, 1fr); gap: 0 1.75rem; padding: .3rem 0; }
dt { color: var(--quiet); font-weight: 600; font-size: .92rem; }
.value dl .row, th dl .row, li dl .row { grid-template-columns: 10rem minmax(0, 1fr); gap: 0 1rem; padding: .1rem 0; font-size: .92rem; font-weight: 400; }
@media screen and (min-width: 44rem) {
  :is(.value, th, li) dd dl .row { grid-template-columns: 8rem minmax(0, 1fr); }
}
td > code, .whole { white-space: nowrap; }
.lead { font-weight: 600; }
.name { font-weight: 600; }
bdi.name { font: 500 1.15rem/1.4 var(--serif); }
.tag {
  display: inline-block; padding: 0 .4rem; border: .0625rem solid var(--strong-line); border-radius: .2rem;
  font-size: .8rem; line-height: 1.5; color: var(--quiet);
}
ul.plain { list-style: none; padding: 0; }
ul.plain > li + li { margin-top: .4rem; }
ul.cards > li + li { margin-top: 1rem; padding-top: 1rem; border-top: .0625rem dotted var(--line); }
.outcomes { padding-inline-start: 1.6rem; font-family: var(--serif); font-size: 1.08rem; }
.outcomes li + li { margin-top: .7rem; }
.outcomes li::marker { color: var(--gold); font-weight: 600; }
.outcomes .note { font-family: var(--sans); }
.outcomes .note a, .value a, li > a, dd a, td a, th a { padding-block: .15rem; }
table { border-collapse: collapse; width: 100%; }
table.narrow { width: auto; min-width: min(100%, 22rem); }
caption { text-align: start; color: var(--quiet); font-size: .88rem; padding-bottom: .35rem; }
th, td { text-align: start; vertical-align: top; padding: .5rem .9rem .5rem 0; border-top: .0625rem solid var(--line); }
thead th { font-size: .82rem; color: var(--quiet); border-top: 0; overflow-wrap: normal; }
tbody th { font-weight: 400; }
.number { text-align: end; font-variant-numeric: tabular-nums; padding-inline: 1rem 0; white-space: nowrap; }
.checks { list-style: none; padding: 0; margin-top: .8rem; }
.checks li {
  display: grid; grid-template-columns: 2rem minmax(0, 1fr) auto; gap: 0 .75rem; align-items: baseline;
  padding: .45rem 0; border-top: .0625rem solid var(--line);
}
.checks .mark { font-weight: 700; text-align: center; }
.checks .answer { font-weight: 600; }
.checks .note { grid-column: 2 / -1; }
.checks .passed :is(.mark, .answer) { color: var(--good); }
.checks .failed :is(.mark, .answer) { color: var(--bad); }
.checks .undetermined :is(.mark, .answer) { color: var(--doubt); }
.checks .skipped :is(.mark, .answer) { color: var(--quiet); }
.offers { font-family: var(--serif); font-size: 1.15rem; }
.offers > li { padding: .5rem 0; border-top: .0625rem dotted var(--line); }
.offers > li:first-child { border-top: 0; }
.offers .note { font-family: var(--sans); }
@media screen and (max-width: 44rem) {
  .banner, .foot { width: min(100% - 1.5rem, 58rem); }
  main { width: 100%; }
  .credential, .problem { border-inline: 0; }
  .element, dl .row, .value dl .row, th dl .row, li dl .row { grid-template-columns: minmax(0, 1fr); }
  .glance dl { grid-template-columns: repeat(2, minmax(0, 1fr)); }
  .glance .row { display: block; }
  table.stack thead { position: absolute; clip-path: inset(50%); width: 1px; height: 1px; overflow: hidden; }
  table.stack :is(tr, th, td) { display: block; }
  table.stack tr { border-top: .0625rem solid var(--line); padding: .5rem 0; }
  table.stack :is(th, td) { border: 0; padding: .15rem 0; }
  table.stack td::before { content: attr(data-label) var(--colon); color: var(--quiet); font-size: .88rem; font-weight: 600; }
  .checks li { grid-template-columns: 1.5rem minmax(0, 1fr); }
  .checks .answer { grid-column: 2; }
}
@media screen and (max-width: 22rem) {
  .glance dl { grid-template-columns: minmax(0, 1fr); }
  .state { flex-direction: column; gap: .5rem; }
}
`;
