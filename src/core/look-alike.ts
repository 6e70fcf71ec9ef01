/**
 * Names and hosts that a person could take for others (Unicode TR 36 and UTS 39). A warning is no verdict: it
 * asks a person to look twice. Names in every script pass; what does not is a word of several scripts, a text
 * that looks Latin and is not, and characters that are not seen. Look-alikes within one script (rn for m) are
 * not looked for.
 */

export type LookAlikeCode =
  /** Characters that turn the direction of reading around. */
  | 'bidirectional-control'
  /** Characters without a shape. */
  | 'invisible-character'
  /** A word of scripts that no language writes together. */
  | 'mixed-script'
  /** A word in another script, all of whose letters look like Latin ones. */
  | 'looks-like-latin'
  /** A host with letters beyond ASCII, told by its ASCII form. */
  | 'internationalised-host';

export type LookAlikeField = 'issuer-name' | 'credential-name' | 'subject-name' | 'issuer-host';

/** A text as it stands in the document, or a host as a URL spells it. */
export interface NamedText {
  readonly what: LookAlikeField;
  readonly text: string;
}

export interface LookAlikeWarning {
  readonly code: LookAlikeCode;
  readonly message: string;
  /** The text in question, with what cannot be seen spelled out. */
  readonly text: string;
}

/** What is longer is no name; the rest of it is not looked at. */
const MAX_LENGTH = 2000;
const MAX_SHOWN = 200;

const SUBJECTS: Readonly<Record<LookAlikeField, string>> = {
  'issuer-name': 'The name of the issuer',
  'credential-name': 'The name of the credential',
  'subject-name': 'The name of the learner',
  'issuer-host': 'The host of the issuer',
};
const REASONS: Readonly<Record<LookAlikeCode, string>> = {
  'bidirectional-control':
    'contains characters that change the direction of reading, so it may be shown as another.',
  'invisible-character':
    'contains characters that cannot be seen, so it may look the same as another.',
  'mixed-script':
    'mixes letters of several scripts in one word, which may look the same as another.',
  'looks-like-latin': 'is written in another script with letters that look like Latin ones.',
  'internationalised-host':
    'contains letters beyond a to z, of which some look alike; compare it with the one you know.',
};

/** The warnings for what a report shows, each text once for each reason. */
export function lookAlikeWarnings(fields: readonly NamedText[]): LookAlikeWarning[] {
  return fields.flatMap(({ what, text }) => {
    const codes = what === 'issuer-host' ? hostLookAlikes(text) : lookAlikes(text);
    return codes.map((code) => ({
      code,
      message: `${SUBJECTS[what]} ${REASONS[code]}`,
      text: shown(text),
    }));
  });
}

/** Why a host `name[:port]` could be taken for another. Its ASCII form tells nobody how it is read. */
function hostLookAlikes(host: string): LookAlikeCode[] {
  const codes = lookAlikes(host);
  const international = /(^|\.)xn--/i.test(host) || /\P{ASCII}/u.test(host);
  return international ? [...codes, 'internationalised-host'] : codes;
}

/** Why a name could be taken for another; empty for a name that shows what it is. */
export function lookAlikes(text: string): LookAlikeCode[] {
  const name = text.slice(0, MAX_LENGTH).toWellFormed();
  // Canonical composition, so that a letter with its marks apart is judged as the letter it is.
  const words = name.normalize('NFC').match(WORD) ?? [];
  const found: readonly (readonly [LookAlikeCode, boolean])[] = [
    ['bidirectional-control', BIDIRECTIONAL.test(name)],
    ['invisible-character', INVISIBLE.test(withoutWorking(name))],
    ['mixed-script', words.some(isMixed)],
    ['looks-like-latin', CONFUSABLES.some((confusable) => looksLatin(words, confusable))],
  ];
  return found.flatMap(([code, is]) => (is ? [code] : []));
}

const BIDIRECTIONAL = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;
/** What has no shape: default-ignorable code points (UAX 44), controls, and the blank of Braille. */
const INVISIBLE = /[\p{Default_Ignorable_Code_Point}\p{Cc}\u2800]/u;
/**
 * Characters without a shape of their own that do their work where they stand: joiners of scripts that need
 * them (UTS 46, CONTEXTJ) and of emoji, and selectors of the shape of what stands before.
 */
const WORKING: readonly RegExp[] = [
  BIDIRECTIONAL,
  /[\t\n\r]/u,
  /(?<=[\p{scx=Arabic}\p{scx=Syriac}\p{scx=Mongolian}\p{scx=Nko}])[\u200c\u200d](?=\p{L})/u,
  /(?<=[\p{scx=Devanagari}\p{scx=Bengali}\p{scx=Gurmukhi}\p{scx=Gujarati}\p{scx=Oriya}])[\u200c\u200d]/u,
  /(?<=[\p{scx=Tamil}\p{scx=Telugu}\p{scx=Kannada}\p{scx=Malayalam}\p{scx=Sinhala}])[\u200c\u200d]/u,
  /(?<=\p{Extended_Pictographic}|\p{Emoji_Modifier}|\ufe0f)\u200d(?=\p{Extended_Pictographic})/u,
  /(?<=[\p{Extended_Pictographic}\p{S}0-9#*])[\ufe0e\ufe0f]/u,
  /(?<=\p{Script=Han})[\ufe00-\ufe02\u{e0100}-\u{e01ef}]/u,
  /(?<=\p{Script=Mongolian})[\u180b-\u180f]/u,
];
const ALL_WORKING = new RegExp(WORKING.map(({ source }) => source).join('|'), 'gu');

function withoutWorking(text: string): string {
  return text.replace(ALL_WORKING, '');
}

/** Letters in a row with their marks, whatever cannot be seen between them. */
const WORD = /\p{L}[\p{L}\p{M}\p{Default_Ignorable_Code_Point}]*/gu;
const LETTER = /\p{L}/gu;

/** Scripts in use today; words in others are mixed only with these (UAX 31, table 5, and UTS 39). */
const SCRIPTS = [
  ...['Latin', 'Greek', 'Cyrillic', 'Armenian', 'Georgian', 'Hebrew', 'Arabic', 'Syriac'],
  ...['Thaana', 'Devanagari', 'Bengali', 'Gurmukhi', 'Gujarati', 'Oriya', 'Tamil', 'Telugu'],
  ...['Kannada', 'Malayalam', 'Sinhala', 'Thai', 'Lao', 'Tibetan', 'Myanmar', 'Khmer', 'Ethiopic'],
  ...['Mongolian', 'Cherokee', 'Canadian_Aboriginal', 'Tifinagh', 'Nko', 'Coptic', 'Lisu'],
  ...['Han', 'Hiragana', 'Katakana', 'Bopomofo', 'Hangul'],
];
/**
 * What one word may be made of: one script, or a writing system of Japanese, Chinese or Korean, which are
 * written with Latin letters among their own (UTS 39, section 5.2, "Highly Restrictive").
 */
const WRITING_SYSTEMS: readonly RegExp[] = [
  ...SCRIPTS.map((script) => lettersOf(script)),
  lettersOf('Han', 'Hiragana', 'Katakana', 'Latin'),
  lettersOf('Han', 'Bopomofo', 'Latin'),
  lettersOf('Han', 'Hangul', 'Latin'),
];
/** Letters that belong to no script in use. */
const ELSEWHERE = new RegExp(`^[^${classOf(SCRIPTS)}]*$`, 'u');

function lettersOf(...scripts: readonly string[]): RegExp {
  return new RegExp(`^[${classOf(['Common', 'Inherited', ...scripts])}]*$`, 'u');
}

function classOf(scripts: readonly string[]): string {
  return scripts.map((script) => `\\p{scx=${script}}`).join('');
}

function isMixed(word: string): boolean {
  const letters = (word.match(LETTER) ?? []).join('');
  return !(
    WRITING_SYSTEMS.some((system) => system.test(letters)) ||
    ELSEWHERE.test(letters) ||
    isSymbol(letters)
  );
}

/** A quantity or unit as science writes it (kΩ, μm, Δt), with no Greek letter that looks Latin. */
function isSymbol(letters: string): boolean {
  return (
    /^[a-z\p{Script=Greek}]{2,4}$/iu.test(letters) &&
    !GREEK_CONFUSABLES.test(letters) &&
    letters.match(/\p{Script=Greek}/gu)?.length === 1
  );
}

interface Confusable {
  readonly script: RegExp;
  readonly letters: RegExp;
}

/** Letters whose printed forms are those of Latin ones (UTS 39, confusables.txt), as far as names need them. */
const GREEK_CONFUSABLES = /[ΑΒΕΖΗΙΚΜΝΟΡΤΥΧαγικνορυχ]/u;
const CYRILLIC_CONFUSABLES = /[АВСЕНІЈКӀМОРԚЅТУҮХԜасԁеһіјӏорԛѕуүѵԝх]/u;
const CONFUSABLES: readonly Confusable[] = [
  { script: /\p{scx=Greek}/u, letters: GREEK_CONFUSABLES },
  { script: /\p{scx=Cyrillic}/u, letters: CYRILLIC_CONFUSABLES },
];
/** Shorter words are initials and conjunctions. */
const LEAST_LETTERS = 3;

/**
 * Whether a text has a word of a script in letters that all look Latin, and no letter by which it shows its
 * script. "Сара Петрова" shows it; "Сара" alone does not.
 */
function looksLatin(words: readonly string[], { script, letters }: Confusable): boolean {
  const ofScript = words
    .map((word) => word.match(LETTER) ?? [])
    .filter((word) =>
      word.every((letter) => script.test(letter) && !/\p{scx=Latin}/u.test(letter)),
    );
  return (
    ofScript.some(({ length }) => length >= LEAST_LETTERS) &&
    ofScript.flat().every((letter) => letters.test(letter))
  );
}

/** A text in which everything that cannot be seen is spelled out, so that it is safe to show anywhere. */
function shown(text: string): string {
  return text
    .slice(0, MAX_SHOWN)
    .toWellFormed()
    .replace(
      /[\p{Default_Ignorable_Code_Point}\p{Cc}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\u2800]/gu,
      (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16).toUpperCase()}}`,
    );
}
