import { isIP } from 'node:net';
import { hostname } from 'node:os';

const LOOPBACK_NAMES = new Set(['localhost', '127.0.0.1', '::1']);
const ANY_ADDRESS = new Set(['0.0.0.0', '::']);

/** True for an address that only this machine reaches. */
export function isLoopback(host: string): boolean {
  return LOOPBACK_NAMES.has(bare(host)) || /^127(?:\.\d{1,3}){3}$/.test(bare(host));
}

/**
 * Which Host headers are ours. A page of somebody else that points its own name at this machine (DNS rebinding) is
 * refused by its name. Ports aren't compared, so that a forwarded port works.
 */
export function createHostCheck(boundHost: string): (hostHeader: string | undefined) => boolean {
  const bound = bare(boundHost).toLowerCase();
  return (hostHeader) => {
    const name = hostHeader === undefined ? null : nameOf(hostHeader);
    if (name === null) return false;
    if (isLoopback(name) || name === bound) return true;
    // Bound to every address: a number can't be pointed elsewhere, a name can.
    return ANY_ADDRESS.has(bound) && (isIP(name) !== 0 || name === hostname().toLowerCase());
  };
}

/**
 * True where the browser's Origin header is the page that we served. Tools that aren't browsers send none; where a
 * browser sends none, `Sec-Fetch-Site` tells a foreign page apart.
 */
export function isOwnOrigin(headers: {
  origin: string | undefined;
  host: string | undefined;
  site: string | undefined;
}): boolean {
  const { origin, host, site } = headers;
  if (origin === undefined) return site === undefined || site === 'same-origin' || site === 'none';
  return host !== undefined && (origin === `http://${host}` || origin === `https://${host}`);
}

function nameOf(hostHeader: string): string | null {
  if (!URL.canParse(`http://${hostHeader}/`)) return null;
  const url = new URL(`http://${hostHeader}/`);
  return url.username === '' && url.pathname === '/' ? bare(url.hostname).toLowerCase() : null;
}

function bare(host: string): string {
  return host.startsWith('[') && host.endsWith(']') ? host.slice(1, -1) : host;
}
