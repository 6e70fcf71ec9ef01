/** Who an issuer says it is (Annex I, elements 3, 4 and 11; Annex II.9). */
import { addressesOf, type Issuer } from '../../core/issuer.ts';
import { addressLines, identifierList } from '../annex-i/organisation.ts';
import { assuranceList } from '../annex-i/quality.ts';
import { type Content, definitions, type Element, h, outward, row } from '../element.ts';
import { linkFor } from '../language.ts';
import type { Voice } from '../voice.ts';

/** Legal name, seat and identifiers; what a registrar compares with a register. */
export function identityRows(issuer: Issuer, voice: Voice): readonly (Element | undefined)[] {
  const { words, phrases, language } = voice;
  const { body } = issuer;
  return [
    row(words.identity.name, voice.text(body.name)),
    row(phrases.legalName, body.legalName && h('bdi', null, body.legalName)),
    row(words.identity.postal, addressLines(body.address, language)),
    row(words.identity.identifiers, body.identifiers && identifierList(body.identifiers)),
    row(phrases.headings.homepage, outward(body.homepage)),
    row(words.identity.contact, contactOf(issuer)),
    row(phrases.recognitionPolicy, body.recognitionPolicy && outward(body.recognitionPolicy)),
  ];
}

/** In the page of a credential: apart from the checks, with the domain they speak of. */
export function identityDetails(issuer: Issuer, domain: string | undefined, voice: Voice): Content {
  const { words, reader } = voice;
  const addresses = addressesOf(issuer);
  const page = linkFor(new URL(addresses.profile).pathname, reader);
  return [
    h('p', { class: 'note' }, words.identity.intro),
    definitions([
      ...identityRows(issuer, voice),
      row(words.identity.domain, domain && h('code', null, domain)),
      row(words.identity.did, h('code', null, addresses.did)),
      row(words.identity.page, h('a', { href: page }, voice.text(issuer.body.name))),
    ]),
  ];
}

export function qualityOf({ body }: Issuer, voice: Voice): Element | undefined {
  return body.qualityAssurance && assuranceList(body.qualityAssurance, voice);
}

function contactOf({ body }: Issuer): Content | undefined {
  const known = [body.email, body.phone].filter((one) => one !== undefined);
  if (known.length === 0) return undefined;
  return h(
    'div',
    { class: 'lines' },
    known.map((one) => h('div', null, one)),
  );
}
