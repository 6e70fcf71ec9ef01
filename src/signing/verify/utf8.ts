/** Text of UTF-8 bytes; throws TypeError where they are not UTF-8. A byte-order mark stays, to be refused. */
export function decodeUtf8(bytes: Uint8Array): string {
  return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
}
