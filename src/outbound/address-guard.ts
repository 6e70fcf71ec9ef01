/**
 * Which addresses a request may go to. Strangers name them (a credential its issuer, an issuer its list), so
 * a request must never reach this machine, its network or a cloud's metadata service. Checked twice: the
 * host as written, because an IP literal is never looked up, and what its name resolves to, at the moment of
 * connecting, because a name can answer differently each time.
 */
import { lookup as systemLookup } from 'node:dns';
import type { LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';
import { isLoopbackHost } from '../core/address.ts';
import { OutboundError } from './error.ts';

const MAX_URL_LENGTH = 2048;

/**
 * The URL, if a request may go there: https on port 443 without credentials and not to a private address.
 * With `allowLoopback` (development) also http and https on any port of this machine, called `localhost`,
 * `127.0.0.1` or `[::1]`. Throws {@link OutboundError} otherwise.
 */
export function guardedUrl(text: string, allowLoopback: boolean): URL {
  const url = text.length <= MAX_URL_LENGTH ? URL.parse(text) : null;
  if (url === null || url.username !== '' || url.password !== '') {
    throw new OutboundError('address-forbidden');
  }
  const { protocol, hostname, port } = url;
  if (allowLoopback && isLoopbackHost(hostname) && /^https?:$/.test(protocol)) return url;
  if (protocol !== 'https:' || port !== '' || isForbiddenHost(hostname)) {
    throw new OutboundError('address-forbidden');
  }
  return url;
}

function isForbiddenHost(hostname: string): boolean {
  const bare = hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');
  return bare === '' || bare === 'localhost' || (ipaddr.isValid(bare) && !isPublic(bare));
}

/** Unicast and nothing else; an IPv4 address inside an IPv6 one counts as what it is. */
function isPublic(address: string): boolean {
  return rangeOf(address) === 'unicast';
}

function rangeOf(address: string): string {
  try {
    return ipaddr.process(address).range();
  } catch {
    return 'invalid';
  }
}

/**
 * A `lookup` for sockets that refuses a name as soon as one of its addresses is not public. Names of this
 * machine, if allowed, must in turn lead to this machine.
 */
export function guardedLookup(
  allowLoopback: boolean,
  lookup: LookupFunction = systemLookup,
): LookupFunction {
  return (hostname, options, callback) => {
    const allowed =
      allowLoopback && isLoopbackHost(hostname)
        ? (address: string) => rangeOf(address) === 'loopback'
        : isPublic;
    lookup(hostname, options, (error, address, family) => {
      if (error !== null) return callback(error, address, family);
      const addresses = Array.isArray(address) ? address.map((one) => one.address) : [address];
      const refused = addresses.length === 0 || !addresses.every(allowed);
      callback(refused ? new OutboundError('address-forbidden') : null, address, family);
    });
  };
}
