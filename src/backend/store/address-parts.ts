import { Failure } from '../../model/failure.ts';

/** Parts of an address with a host, still to be judged by the kind of store. */
export interface AddressParts {
  readonly user: string | null;
  readonly password: string | null;
  /** As written; an IPv6 address without its brackets. */
  readonly host: string;
  readonly port: number | null;
  /** As written, with its first slash. */
  readonly path: string;
  readonly parameters: Readonly<Record<string, string>>;
}

/** Makes the `Failure` of one address: what is wrong with it, and the forms that work. Neither may hold its secrets. */
export type Refuse = (what: string) => Failure;

export function refusalOf(subject: string, forms: string): Refuse {
  return (what) => new Failure('bad-input', `${subject} ${what}`, { hint: forms });
}

const ENCODE = 'percent-encode @ : / ? # and % in the user and the password (@ is %40)';

/**
 * Splits `scheme://user:password@host:port/path?name=value`. Works on the address as written: a parser that knows http
 * would drop a port it thinks is the default.
 * @throws Failure 'bad-input'
 */
export function splitAddress(url: string, refuse: Refuse): AddressParts {
  const behindScheme = url.slice(url.indexOf('://') + 3);
  const end = behindScheme.search(/[/?#]/);
  const authority = end < 0 ? behindScheme : behindScheme.slice(0, end);
  const rest = end < 0 ? '' : behindScheme.slice(end);
  // What stands before such an @ may be a piece of a password, so nothing of it is shown.
  if (/[@#]/.test(rest)) throw refuse(`has an @ or # behind its host: ${ENCODE}`);
  const at = authority.lastIndexOf('@');
  const credentials = at < 0 ? '' : authority.slice(0, at);
  const colon = credentials.indexOf(':');
  const question = rest.indexOf('?');
  return {
    user: decodePart(colon < 0 ? credentials : credentials.slice(0, colon), 'user', refuse),
    password: colon < 0 ? null : decodePart(credentials.slice(colon + 1), 'password', refuse),
    ...splitHost(authority.slice(at + 1), refuse),
    path: question < 0 ? rest : rest.slice(0, question),
    parameters: readParameters(question < 0 ? '' : rest.slice(question + 1), refuse),
  };
}

/** Percent-decoded; null where it is empty. */
export function decodePart(value: string, part: string, refuse: Refuse): string | null {
  if (value === '') return null;
  try {
    return decodeURIComponent(value);
  } catch {
    throw refuse(`has a % in its ${part} that starts no code: ${ENCODE}`);
  }
}

function splitHost(value: string, refuse: Refuse): { host: string; port: number | null } {
  const found = /^(?:\[([0-9a-f:.]+)\]|([^:[\]@]*))(?::(\d{1,5}))?$/i.exec(value);
  const port = found?.[3] === undefined ? null : Number(found[3]);
  if (found === null || (port !== null && (port < 1 || port > 65_535))) {
    throw refuse(`has no port from 1 to 65535 behind its host, or an unclear host: ${ENCODE}`);
  }
  const host = found[1] ?? found[2] ?? '';
  if (host === '') throw refuse('names no host');
  if (found[1] === undefined && !/^[\p{L}\p{N}._-]+$/u.test(host)) throw refuse('has a host that is none');
  return { host, port };
}

/** Parameters of a query; each at most once. */
export function readParameters(query: string, refuse: Refuse): Record<string, string> {
  const found: Record<string, string> = {};
  for (const piece of query.split('&').filter((each) => each !== '')) {
    const equals = piece.indexOf('=');
    const name = equals < 0 ? piece : piece.slice(0, equals);
    if (equals < 0 || !/^[a-z_]+$/.test(name)) throw refuse('has a parameter that is not written name=value');
    if (found[name] !== undefined) throw refuse(`gives ${name} twice`);
    found[name] = decodePart(piece.slice(equals + 1), `parameter ${name}`, refuse) ?? '';
  }
  return found;
}
