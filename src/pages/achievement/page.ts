/** The page of one published version of a credential class. */
import type { CredentialClass } from '../../core/credential-class.ts';
import { addressesOf, type Issuer } from '../../core/issuer.ts';
import { textIn } from '../../core/language-map.ts';
import { classElements, section } from '../annex-i/class-elements.ts';
import { shortLevel, shortWorkload } from '../annex-i/size.ts';
import { type Content, cell, definitions, type Element, h, row, stackTable } from '../element.ts';
import { dayOf } from '../format.ts';
import { emblemOf, logoOf, sharedImage } from '../image.ts';
import { identityRows } from '../issuer/identity.ts';
import { linkFor, type Reader } from '../language.ts';
import { renderPage } from '../layout.ts';
import { specimenBand } from '../specimen.ts';
import { type Voice, voiceFor } from '../voice.ts';

/** One published version in the history of a class. */
export interface VersionEntry {
  readonly id: string;
  readonly version: number;
  readonly state: 'published' | 'retired';
  readonly publishedAt: Date | undefined;
}

export interface AchievementView {
  readonly url: string;
  /** The issuer as the version was made from it. */
  readonly issuer: Issuer;
  readonly credentialClass: CredentialClass;
  /** Published and retired versions, this one among them, the newest first. */
  readonly versions: readonly VersionEntry[];
}

export function achievementPage(
  view: AchievementView,
  request: { readonly reader: Reader; readonly path: string; readonly root: string },
): string {
  const voice = voiceFor(request.reader);
  const { issuer, credentialClass, url } = view;
  const { body } = credentialClass;
  const { language, words } = voice;
  const title = textIn(body.title, language);
  return renderPage({
    ...request,
    title: issuer.test ? `${words.specimen} – ${title}` : title,
    description: textIn(body.description ?? body.title, language),
    brand: { name: textIn(issuer.body.name, language), path: pathOf(addressesOf(issuer).profile) },
    url,
    ...sharedImage(issuer, credentialClass, language),
    robots: issuer.test ? 'noindex' : 'index',
    alternates: [{ type: 'application/ld+json', href: pathOf(url) }],
    body: [
      specimenBand(issuer, voice),
      h(
        'article',
        { class: 'credential' },
        face(view, voice),
        classElements(body, issuer, voice),
        section('issuer', voice.phrases.headings.issuer, definitions(identityRows(issuer, voice))),
        versionSection(view, voice),
      ),
    ],
  });
}

function face(view: AchievementView, voice: Voice): Element {
  const { words, phrases, reader } = voice;
  const { issuer, credentialClass } = view;
  const facts = definitions([
    row(phrases.headings.workload, shortWorkload(credentialClass.body, voice)),
    row(phrases.headings.level, shortLevel(credentialClass.body, voice)),
    row(words.achievement.version, String(credentialClass.version)),
  ]);
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
        `${words.achievement.kicker} `,
        h(
          'a',
          { href: linkFor(pathOf(addressesOf(issuer).profile), reader) },
          voice.text(issuer.body.name),
        ),
      ),
      h('h1', null, voice.text(credentialClass.body.title)),
      emblemOf(issuer, credentialClass, voice.language),
    ),
    currency(view, voice),
    h('div', { class: 'glance' }, facts),
  );
}

/** Whether this version is still awarded, and where the newest is. */
function currency(view: AchievementView, voice: Voice): Content {
  const { words, reader } = voice;
  const { state } = view.credentialClass;
  const [newest] = view.versions;
  const older = newest !== undefined && newest.version > view.credentialClass.version;
  if (state === 'published' && !older) return null;
  return h(
    'div',
    { class: 'state doubtful' },
    h('span', { class: 'mark', 'aria-hidden': 'true' }, '→'),
    h(
      'div',
      null,
      h('h2', null, words.achievement.retired),
      older && [
        h('p', null, words.achievement.newer),
        h(
          'p',
          null,
          h(
            'a',
            { href: linkFor(versionPath(view, newest), reader) },
            `${words.achievement.openNewer} (${newest.version})`,
          ),
        ),
      ],
    ),
  );
}

function versionSection(view: AchievementView, voice: Voice): Element {
  const { words } = voice;
  const { achievement } = words;
  const columns = [achievement.version, achievement.publishedAt, achievement.state];
  return section('versions', achievement.versions, [
    h('p', { class: 'note' }, achievement.versionsIntro),
    stackTable(
      h('caption', { class: 'unseen' }, achievement.versions),
      columns,
      view.versions.map((entry) => versionRow(view, entry, voice)),
    ),
    h(
      'p',
      { class: 'screen' },
      h(
        'a',
        {
          href: pathOf(view.url),
          download: `${view.credentialClass.id}.json`,
          type: 'application/ld+json',
        },
        achievement.document,
      ),
    ),
  ]);
}

function versionRow(view: AchievementView, entry: VersionEntry, voice: Voice): Element {
  const { words, language, reader } = voice;
  const { achievement } = words;
  const label = `${achievement.version} ${entry.version}`;
  const here = entry.id === view.credentialClass.id;
  const name = here
    ? `${label} (${achievement.thisOne})`
    : h('a', { href: linkFor(versionPath(view, entry), reader) }, label);
  return h(
    'tr',
    null,
    h('th', { scope: 'row' }, name),
    cell(
      achievement.publishedAt,
      entry.publishedAt && dayOf(entry.publishedAt.toISOString(), language),
    ),
    cell(
      achievement.state,
      entry.state === 'published' ? achievement.current : achievement.retired,
    ),
  );
}

function versionPath({ issuer }: AchievementView, { id }: VersionEntry): string {
  return pathOf(addressesOf(issuer).achievement(id));
}

function pathOf(address: string): string {
  return new URL(address).pathname;
}
