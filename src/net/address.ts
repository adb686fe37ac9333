import { Failure } from '../model/failure.ts';

/**
 * A URL that a person gave, checked: http or https, no user or password in it. Throws `Failure('bad-input')`; the
 * message never repeats what was typed when it may hold a secret.
 */
export function parseHttpUrl(text: string, what: string): URL {
  const url = URL.parse(text.trim());
  if (url === null) {
    throw new Failure('bad-input', `${what} is not a URL.`, {
      hint: 'Give it as http://host:port or https://host/path.',
    });
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw new Failure('bad-input', `${what} uses ${url.protocol.slice(0, -1)}, which Podwatt does not speak.`, {
      hint: 'Use an address that begins with http:// or https://.',
    });
  }
  if (url.username !== '' || url.password !== '') {
    throw new Failure('bad-input', `${what} holds a user name or password.`, {
      hint: 'Take them out of the address and enter them as its credentials.',
    });
  }
  return url;
}

/** A URL as people and logs may see it: without user, password, query and fragment. */
export function redactUrl(text: string): string {
  const url = URL.parse(text);
  if (url === null) return '(not a URL)';
  const path = url.pathname === '/' ? '' : url.pathname;
  return `${url.protocol}//${url.host}${path}`;
}

/** `host:port` of a URL, the port always spelled out. */
export function hostAndPort(url: URL): string {
  const port = url.port === '' ? (url.protocol === 'https:' ? '443' : '80') : url.port;
  return `${url.hostname}:${port}`;
}
