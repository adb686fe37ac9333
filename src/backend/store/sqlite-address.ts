import type { SqliteSettings } from '../../core/ports/store-settings.ts';
import { absolutePath, type StoreAddressDeps } from './address-deps.ts';
import { decodePart, type Refuse } from './address-parts.ts';

export const SQLITE_FORMS =
  'Write sqlite:///path/of/podwatt.sqlite, or sqlite:podwatt.sqlite for a file in this folder.';

/** `sqlite:///absolute`, `sqlite:///C:/absolute`, `sqlite:relative`. */
export function parseSqliteAddress(url: string, deps: StoreAddressDeps, refuse: Refuse): SqliteSettings {
  const written = url.slice(url.indexOf(':') + 1);
  if (/[?#]/.test(written)) throw refuse('has a ? or #: write %3F or %23 where the file is called so');
  if (/^\/\/[^/]/.test(written)) throw refuse('has two slashes before its path: write three, or none');
  const path = decodePart(written.replace(/^\/\/(?=\/)/, '').replace(/^\/(?=[a-z]:\/)/i, ''), 'path', refuse);
  if (path === null || path.endsWith('/') || path.includes('\0')) throw refuse('names no file');
  return { kind: 'sqlite', file: absolutePath(path, deps, refuse) };
}
