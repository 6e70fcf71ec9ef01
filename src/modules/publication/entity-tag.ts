/** Whether an `If-None-Match` header names the tag (RFC 9110, 13.1.2: weak comparison). */
export function matches(header: string | undefined, tag: string): boolean {
  if (header === undefined) return false;
  return header
    .split(',')
    .map((one) => one.trim().replace(/^W\//, ''))
    .some((one) => one === tag || one === '*');
}
