/**
 * Text of users inside Markdown of ours (CommonMark 0.31). Whatever they write stays text: a title cannot
 * become a link, a heading or HTML in the page of whoever renders the badge.
 */

/** Characters that mean something anywhere in a line, tables and strike-through of GitHub's dialect included. */
const SPECIAL = /[\\`*_[\]<>&#~|]/g;

/** A text on one line. */
export function inline(text: string): string {
  return text
    .replace(/[ \t\n]+/g, ' ')
    .replace(/^ | $/g, '')
    .replace(SPECIAL, '\\$&')
    .replace(/^[-+=]/, '\\$&') // a list item or the underline of a heading
    .replace(/^(\d{1,9})([.)])/, '$1\\$2'); // an ordered list item
}

/** A text of one or more paragraphs; every line of the writer becomes one. */
export function paragraphs(text: string): string {
  return text
    .split('\n')
    .map(inline)
    .filter((line) => line !== '')
    .join('\n\n');
}

/** A bulleted list of lines that are Markdown already. */
export function bullets(lines: readonly string[]): string {
  return lines.map((line) => `- ${line}`).join('\n');
}

/** "**Label:** value", where the value is Markdown already. */
export function labelled(label: string, value: string): string {
  return `**${label}:** ${value}`;
}

/** An address as a link; web addresses of the service hold none of the characters that would end it. */
export function link(url: string): string {
  return `<${url}>`;
}
