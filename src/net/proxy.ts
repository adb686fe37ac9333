import { hostAndPort } from './address.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The proxy that the environment names for a URL, or null: `HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY` and `NO_PROXY`, lower case
 * first. Loopback addresses never go through a proxy that the environment names.
 */
export function proxyFromEnvironment(url: URL, environment: Environment): string | null {
  if (isLoopback(url.hostname) || isExcepted(url, read(environment, 'no_proxy') ?? '')) return null;
  const own = read(environment, url.protocol === 'https:' ? 'https_proxy' : 'http_proxy');
  const proxy = own ?? read(environment, 'all_proxy');
  if (proxy === null) return null;
  return proxy.includes('://') ? proxy : `http://${proxy}`;
}

function read(environment: Environment, name: string): string | null {
  const value = environment[name] || environment[name.toUpperCase()];
  return value === undefined || value.trim() === '' ? null : value.trim();
}

/** A host of a URL that is this computer, by its name or number. */
export function isLoopback(hostname: string): boolean {
  const host = hostname.replace(/^\[|\]$/g, '');
  return host === 'localhost' || host === '::1' || /^127\.\d+\.\d+\.\d+$/.test(host);
}

function isExcepted(url: URL, noProxy: string): boolean {
  const host = url.hostname.toLowerCase().replace(/^\[|\]$/g, '');
  return noProxy
    .toLowerCase()
    .split(/[\s,]+/)
    .filter((entry) => entry !== '')
    .some((entry) => entry === '*' || matches(entry, host, hostAndPort(url)));
}

function matches(entry: string, host: string, withPort: string): boolean {
  if (entry.includes('/')) return inIpv4Network(entry, host);
  if (entry === withPort || entry === host) return true;
  const suffix = entry.replace(/^\*?\./, '');
  return host === suffix || host.endsWith(`.${suffix}`);
}

/** Go and curl take CIDR ranges in NO_PROXY; clusters are often excepted that way. */
function inIpv4Network(entry: string, host: string): boolean {
  const [base = '', bits = ''] = entry.split('/');
  const network = ipv4(base);
  const address = ipv4(host);
  const length = Number(bits);
  if (network === null || address === null || !(length >= 0 && length <= 32)) return false;
  const size = 2 ** (32 - length);
  return Math.floor(network / size) === Math.floor(address / size);
}

function ipv4(text: string): number | null {
  const parts = text.split('.').map(Number);
  if (parts.length !== 4 || parts.some((part) => !(Number.isInteger(part) && part >= 0 && part <= 255))) return null;
  return parts.reduce((sum, part) => sum * 256 + part, 0);
}
