/** The page of an issuer: who it is, what it offers, and with what others check what it signed. */
import type { ClassBody } from '../../core/annex-i/class-body.ts';
import { addressesOf, type Issuer } from '../../core/issuer.ts';
import type { LanguageMap } from '../../core/language-map.ts';
import { textIn } from '../../core/language-map.ts';
import { element, section } from '../annex-i/class-elements.ts';
import { dotted, shortLevel, shortWorkload } from '../annex-i/size.ts';
import { type Content, definitions, type Element, h, outward, row } from '../element.ts';
import { logoOf } from '../image.ts';
import { linkFor, type Reader } from '../language.ts';
import { renderPage } from '../layout.ts';
import { specimenBand } from '../specimen.ts';
import { type Voice, voiceFor } from '../voice.ts';
import { identityRows, qualityOf } from './identity.ts';

/** A class that is awarded now, as far as a list shows it. */
export interface OfferEntry {
  readonly id: string;
  readonly title: LanguageMap;
  readonly size: Pick<ClassBody, 'workload' | 'level'>;
}

export interface IssuerView {
  readonly issuer: Issuer;
  readonly offers: readonly OfferEntry[];
  /** Path with query of the next page of offers. */
  readonly next: string | undefined;
}

export function issuerPage(
  view: IssuerView,
  request: { readonly reader: Reader; readonly path: string; readonly root: string },
): string {
  const voice = voiceFor(request.reader);
  const { issuer } = view;
  const { words, phrases, language } = voice;
  const { body } = issuer;
  const name = textIn(body.name, language);
  const quality = qualityOf(issuer, voice);
  const { profile } = addressesOf(issuer);
  return renderPage({
    ...request,
    title: issuer.test ? `${words.specimen} – ${name}` : name,
    description: textIn(body.description ?? body.name, language),
    brand: { name },
    url: profile,
    robots: issuer.test ? 'noindex' : 'index',
    alternates: [{ type: 'application/ld+json', href: new URL(profile).pathname }],
    body: [
      specimenBand(issuer, voice),
      h(
        'article',
        { class: 'credential' },
        h(
          'div',
          { class: 'face' },
          h(
            'header',
            null,
            logoOf(issuer),
            h('p', { class: 'kicker' }, words.issuer.kicker),
            h('h1', null, voice.text(body.name)),
          ),
          body.description === undefined ? null : voice.prose(body.description),
        ),
        section('offers', words.issuer.offers, offerList(view, voice)),
        section('identity', words.issuer.identity, [
          definitions([
            ...identityRows(issuer, voice),
            row(
              words.identity.termUsed,
              body.microCredentialTerm && voice.text(body.microCredentialTerm),
            ),
          ]),
        ]),
        quality && section('quality', phrases.headings.qualityAssurance, quality),
        technicalSection(issuer, voice),
      ),
    ],
  });
}

function offerList({ issuer, offers, next }: IssuerView, voice: Voice): Content {
  const { words, reader } = voice;
  if (offers.length === 0) return h('p', null, words.issuer.offersNone);
  const addresses = addressesOf(issuer);
  const item = ({ id, title, size }: OfferEntry): Element => {
    const facts = [
      shortWorkload({ languages: [], title, ...size }, voice),
      shortLevel({ languages: [], title, ...size }, voice),
    ].filter((fact) => fact !== undefined);
    const path = new URL(addresses.achievement(id)).pathname;
    return h(
      'li',
      null,
      h('a', { href: linkFor(path, reader) }, voice.text(title)),
      facts.length === 0 ? null : h('span', { class: 'note' }, dotted(facts)),
    );
  };
  return [
    h('ul', { class: 'plain offers', role: 'list' }, offers.map(item)),
    next === undefined
      ? null
      : h(
          'p',
          null,
          h('a', { class: 'button', rel: 'next', href: linkFor(next, reader) }, words.issuer.more),
        ),
  ];
}

function technicalSection(issuer: Issuer, { words }: Voice): Element {
  const { did, didDocument, jwks } = addressesOf(issuer);
  return section('keys', words.issuer.technical, [
    h('p', { class: 'note' }, words.issuer.technicalIntro),
    element(words.identity.did, h('code', null, did)),
    element(
      words.identity.keys,
      h(
        'ul',
        { class: 'plain', role: 'list' },
        [didDocument, jwks].map((address) => h('li', null, outward(address))),
      ),
    ),
  ]);
}
