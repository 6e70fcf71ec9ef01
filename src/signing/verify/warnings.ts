/** What a person should look at twice: names and hosts that could be taken for others. */
import { lookAlikeWarnings, type NamedText } from '../../core/look-alike.ts';
import { isJsonObject, type JsonObject, objectsOf } from '../../formats/vc/json.ts';
import { issuerIdOf } from './issuer-key.ts';
import type { Warning } from './report-shape.ts';
import { hostOfIssuer, nameOfSubject } from './summary.ts';

/** Reads the document as it stands, before what cannot be shown is taken out of it. */
export function namesToWarnOf(document: JsonObject): Warning[] {
  const { issuer } = document;
  const [subject] = objectsOf(document['credentialSubject']);
  const achievement = subject?.['achievement'];
  return lookAlikeWarnings([
    ...named('issuer-name', isJsonObject(issuer) ? issuer['name'] : undefined),
    ...named('credential-name', document['name']),
    ...named('credential-name', isJsonObject(achievement) ? achievement['name'] : undefined),
    ...named('subject-name', subject && nameOfSubject(subject)),
    ...named('issuer-host', hostOfIssuer(issuerIdOf(document))),
  ]);
}

function named(what: NamedText['what'], value: unknown): NamedText[] {
  const text = isJsonObject(value) ? value['@value'] : value;
  return typeof text === 'string' ? [{ what, text }] : [];
}
