/**
 * Where an issuer publishes assertions (Open Badges 2.0, "VerificationObject" of a Profile): that an assertion
 * stands at its address proves nothing of an issuer elsewhere.
 */
import { isJsonObject, type JsonObject, valuesOf } from '../../vc/json.ts';
import { oneOf, textMember } from './value.ts';

/** `unclear`: the issuer has rules that are not read here. */
export type Scope = 'within' | 'outside' | 'unclear';

/**
 * Whether the address of an assertion lies where the issuer says it publishes them. As the reference
 * validator reads it: `startsWith` where it is given, and `allowedOrigins`, by default the host of the issuer.
 */
export function hostedScope(assertionId: string, profile: JsonObject): Scope {
  const url = URL.parse(assertionId);
  const policy = oneOf(profile['verification']) ?? {};
  if (url === null || !isJsonObject(policy)) return 'unclear';
  if (!['id', undefined].includes(textMember(policy, 'verificationProperty'))) return 'unclear';
  const prefixes = valuesOf(policy['startsWith']);
  // The address as written and as asked: "/badges/../x" begins with "/badges/" and is not there.
  const begins = (prefix: unknown) =>
    typeof prefix === 'string' && [assertionId, url.href].every((text) => text.startsWith(prefix));
  if (prefixes.length > 0 && !prefixes.some(begins)) return 'outside';
  const origins = valuesOf(policy['allowedOrigins']);
  const allowed = origins.length > 0 ? origins : [URL.parse(textMember(profile, 'id') ?? '')?.host];
  return allowed.some((origin) => isOrigin(origin, url)) ? 'within' : 'outside';
}

/** A host with its port, or an origin with its scheme. */
function isOrigin(allowed: unknown, url: URL): boolean {
  if (typeof allowed !== 'string' || allowed === '') return false;
  return allowed.includes('://')
    ? URL.parse(allowed)?.origin === url.origin
    : /^[^/?#@\\]+$/.test(allowed) && URL.parse(`https://${allowed}`)?.host === url.host;
}
