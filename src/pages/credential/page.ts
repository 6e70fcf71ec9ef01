/** The page of a credential: what was earned, by whom, from whom, and whether it holds now. */
import { addressesOf } from '../../core/issuer.ts';
import { textIn } from '../../core/language-map.ts';
import { classElements, section } from '../annex-i/class-elements.ts';
import { shortLevel, shortWorkload } from '../annex-i/size.ts';
import { type Content, definitions, type Element, h, row } from '../element.ts';
import { dayOf, dayText } from '../format.ts';
import { emblemOf, logoOf, sharedImage } from '../image.ts';
import { identityDetails } from '../issuer/identity.ts';
import { linkFor, type Reader } from '../language.ts';
import { renderPage } from '../layout.ts';
import { specimenBand } from '../specimen.ts';
import { type Voice, voiceFor } from '../voice.ts';
import { labelOf } from '../words/concepts.ts';
import { awardSection } from './award.ts';
import { checkSection, downloadSection, formPath, selfCheckSection } from './proof.ts';
import { type Standing, standingOf, statePanel } from './state.ts';
import type { CredentialView } from './view.ts';

export interface CredentialPageRequest {
  readonly reader: Reader;
  /** Path with query as it was asked for. */
  readonly path: string;
  /** Part of the path before ours; empty where the service has a host of its own. */
  readonly root: string;
}

export function credentialPage(view: CredentialView, request: CredentialPageRequest): string {
  const voice = voiceFor(request.reader);
  const { language } = voice;
  const standing = standingOf(view);
  const { issuer } = view;
  const issuerName = textIn(issuer.body.name, language);
  return renderPage({
    ...request,
    title: titleOf(view, standing, voice),
    description: descriptionOf(view, standing, voice),
    brand: { name: issuerName, path: new URL(addressesOf(issuer).profile).pathname },
    ...(view.token === undefined && { url: view.url }),
    ...sharedImage(issuer, view.credentialClass, language),
    robots: 'noindex',
    alternates: view.forms
      .filter(({ format }) => format === 'ob3')
      .map(({ mediaType }) => ({ type: mediaType, href: formPath(view, '.json') })),
    body: [
      specimenBand(issuer, voice),
      h(
        'article',
        { class: standing === 'valid' ? 'credential' : `credential against-${standing}` },
        face(view, standing, voice),
        awardSection(view, voice),
        classElements(view.credentialClass.body, view.definedBy, voice),
        checkSection(view, voice),
        section(
          'issuer',
          voice.words.identity.heading,
          identityDetails(issuer, view.verification?.domain, voice),
        ),
        selfCheckSection(view, request.root, voice),
        downloadSection(view, voice),
      ),
    ],
  });
}

/** The title says a bad state first: it is what a tab, a search result or a message shows. */
function titleOf(view: CredentialView, standing: Standing, voice: Voice): string {
  const { words, language } = voice;
  const title = textIn(view.credentialClass.body.title, language);
  const what = view.learnerName === undefined ? title : `${title} – ${view.learnerName}`;
  const said = standing === 'valid' ? what : `${words.states[standing].title}${words.colon}${what}`;
  // A specimen that holds says so as its state.
  return view.issuer.test && standing !== 'specimen' ? `${words.specimen} – ${said}` : said;
}

function descriptionOf(view: CredentialView, standing: Standing, voice: Voice): string {
  const { words, language } = voice;
  const { credential } = words;
  const { award, issuer } = view;
  const state =
    standing === 'valid' || standing === 'specimen' ? '' : `${words.states[standing].title}. `;
  const specimen = issuer.test ? `${voice.phrases.specimen} ` : '';
  const by = textIn(issuer.body.name, language);
  return `${specimen}${state}${termOf(view, voice)} ${credential.awardedTo} ${view.learnerName ?? '–'} ${credential.awardedBy} ${by}, ${dayText(award.awardedAt, language)}.`;
}

/** The issuer's own word for a micro-credential, where it has one. */
function termOf({ issuer }: CredentialView, { words, language }: Voice): string {
  const { microCredentialTerm } = issuer.body;
  const term = microCredentialTerm && textIn(microCredentialTerm, language);
  return term === undefined
    ? words.microCredential
    : `${term.charAt(0).toLocaleUpperCase(language)}${term.slice(1)}`;
}

function face(view: CredentialView, standing: Standing, voice: Voice): Element {
  const { words, reader } = voice;
  const { credential } = words;
  const { issuer, credentialClass } = view;
  const addresses = addressesOf(issuer);
  const to = (address: string) => linkFor(new URL(address).pathname, reader);
  return h(
    'div',
    { class: 'face' },
    h(
      'header',
      null,
      logoOf(issuer),
      h(
        'p',
        { class: 'kicker' },
        issuer.body.microCredentialTerm
          ? voice.text(issuer.body.microCredentialTerm)
          : words.microCredential,
      ),
      h(
        'h1',
        null,
        h(
          'a',
          { href: to(addresses.achievement(credentialClass.id)) },
          voice.text(credentialClass.body.title),
        ),
      ),
      emblemOf(issuer, credentialClass, voice.language),
      h(
        'p',
        { class: 'to' },
        h('span', { class: 'small' }, credential.awardedTo),
        ' ',
        h('bdi', { class: 'learner' }, view.learnerName ?? '–'),
      ),
      h(
        'p',
        { class: 'by' },
        `${credential.awardedBy} `,
        h('a', { href: to(addresses.profile) }, voice.text(issuer.body.name)),
        ', ',
        dayOf(view.award.awardedAt, voice.language),
      ),
    ),
    statePanel(view, standing, voice),
    glance(view, voice),
  );
}

/** The few facts an employer looks for. */
function glance(view: CredentialView, voice: Voice): Content {
  const { words, phrases, language } = voice;
  const { award, credentialClass } = view;
  const { body } = credentialClass;
  const modes = award.participation ?? body.participation;
  const overall = award.results?.find(({ assessment }) => assessment === undefined);
  const single = award.results?.length === 1 ? award.results[0] : overall;
  const facts = definitions([
    row(phrases.headings.workload, shortWorkload(body, voice)),
    row(phrases.headings.level, shortLevel(body, voice)),
    row(words.credential.result, single && h('bdi', null, single.value)),
    row(
      phrases.headings.participation,
      modes?.map((mode) => labelOf('learningModes', mode, language)).join(', '),
    ),
    row(
      words.credential.validUntil,
      view.validUntil === undefined ? words.credential.noEnd : dayOf(view.validUntil, language),
    ),
  ]);
  return h('div', { class: 'glance' }, facts);
}
