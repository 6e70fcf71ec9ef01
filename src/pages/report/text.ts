/** Text of strangers made harmless: what cannot be seen is named, and what passes for another letter is told apart. */

/** Controls, and the bidirectional and invisible characters by which a text can be made to read as another. */
const UNSHOWABLE = /[\p{Cc}\p{Default_Ignorable_Code_Point}\p{Zl}\p{Zp}]/gu;

/** The text with every invisible or controlling character as its code point in brackets, in one line. */
export function harmless(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\t\n\r]+/g, ' ')
    .replace(UNSHOWABLE, (character) => `[${codePointOf(character)}]`);
}

export interface NamedCharacter {
  /** Absent where it cannot be shown. */
  readonly character?: string;
  /** For example `U+0443`. */
  readonly point: string;
  /** ISO 15924 code; absent where it belongs to none of the scripts that are told apart. */
  readonly script?: string;
}

const MOST_NAMED = 12;

/** The distinct characters of a text that are invisible or letters of another script than Latin, first ones first. */
export function unusualCharacters(text: string): readonly NamedCharacter[] {
  const unusual = new Set(Array.from(text.toWellFormed()).filter(isUnusual));
  return [...unusual].slice(0, MOST_NAMED).map((character) => {
    const point = codePointOf(character);
    if (isUnshowable(character)) return { point };
    const script = scriptOf(character);
    return { character, point, ...(script !== undefined && { script }) };
  });
}

function isUnusual(character: string): boolean {
  return isUnshowable(character) || /[^\p{Script=Latin}\P{L}]/u.test(character);
}

function isUnshowable(character: string): boolean {
  return character.search(UNSHOWABLE) !== -1;
}

function codePointOf(character: string): string {
  const point = character.codePointAt(0) ?? 0;
  return `U+${point.toString(16).toUpperCase().padStart(4, '0')}`;
}

/** Those whose letters pass for Latin ones, and those most often met. */
const SCRIPTS: readonly (readonly [string, RegExp])[] = [
  ['Cyrl', /\p{Script=Cyrillic}/u],
  ['Grek', /\p{Script=Greek}/u],
  ['Armn', /\p{Script=Armenian}/u],
  ['Cher', /\p{Script=Cherokee}/u],
  ['Geor', /\p{Script=Georgian}/u],
  ['Lisu', /\p{Script=Lisu}/u],
  ['Copt', /\p{Script=Coptic}/u],
  ['Hebr', /\p{Script=Hebrew}/u],
  ['Arab', /\p{Script=Arabic}/u],
  ['Deva', /\p{Script=Devanagari}/u],
  ['Thai', /\p{Script=Thai}/u],
  ['Hani', /\p{Script=Han}/u],
  ['Hira', /\p{Script=Hiragana}/u],
  ['Kana', /\p{Script=Katakana}/u],
  ['Hang', /\p{Script=Hangul}/u],
];

function scriptOf(character: string): string | undefined {
  return SCRIPTS.find(([, pattern]) => pattern.test(character))?.[0];
}
