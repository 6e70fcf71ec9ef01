import type { ClassBody } from '../../../../core/annex-i/class-body.ts';
import type { CredentialClass } from '../../../../core/credential-class.ts';
import type { Issuer } from '../../../../core/issuer.ts';
import { CLASS_ELEMENTS_IN_WORDS } from '../carriage.ts';
import { inline, labelled, link } from './markdown.ts';
import { joined, type Say, sayIn } from './say.ts';
import { SECTIONS } from './sections.ts';

/**
 * `criteria.narrative`: in words, in every language the class has a title in, all elements of Annex I an Open
 * Badge has no property for. A text that is missing in a language is given in one the class has.
 */
export function criteriaNarrative(issuer: Issuer, { body }: CredentialClass): string {
  return inLanguages(body, (say) => {
    const title = `# ${say.text(body.title)}`;
    const notice = issuer.test ? `**${say.phrases.specimen}**` : undefined;
    const sections = CLASS_ELEMENTS_IN_WORDS.map((member) =>
      section(say.phrases.headings[member], SECTIONS[member](body, say, issuer)),
    );
    const about = section(say.phrases.headings.issuer, issuerInWords(issuer, say));
    return joined([title, notice, ...sections, about], '\n\n');
  });
}

/** A heading and what stands below it, or nothing. */
export function section(heading: string, content: string | undefined): string | undefined {
  return content === undefined || content === '' ? undefined : `## ${heading}\n\n${content}`;
}

/** The class's first language first; a rule between two. */
export function inLanguages(body: ClassBody, write: (say: Say) => string): string {
  const languages = new Set([body.languages[0] ?? 'en', ...Object.keys(body.title)]);
  return joined(
    [...languages].map((language) => write(sayIn(language))),
    '\n\n---\n\n',
  );
}

/** What a Profile has no property for. */
function issuerInWords({ body }: Issuer, { phrases }: Say): string {
  return joined(
    [
      body.legalName && labelled(phrases.legalName, inline(body.legalName)),
      body.recognitionPolicy && labelled(phrases.recognitionPolicy, link(body.recognitionPolicy)),
    ],
    '\n\n',
  );
}
