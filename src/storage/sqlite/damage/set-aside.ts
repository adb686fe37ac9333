import { existsSync, renameSync } from 'node:fs';

/** `2026-11-21T14-30-00Z`: an instant that every file system takes in a name. */
export function stampOf(nowSeconds: number): string {
  return new Date(nowSeconds * 1000)
    .toISOString()
    .replace(/\.\d+Z$/, 'Z')
    .replaceAll(':', '-');
}

/**
 * Renames a store with its log to `<file>.<why>-<time>`; answers the new name. The log goes first: a new store must never
 * meet the log of another one. Nothing is ever overwritten.
 */
export function setAside(file: string, why: 'damaged' | 'replaced', nowSeconds: number): string {
  const wanted = `${file}.${why}-${stampOf(nowSeconds)}`;
  let name = wanted;
  for (let count = 2; existsSync(name); count += 1) name = `${wanted}-${count}`;
  for (const suffix of ['-wal', '-shm', '']) {
    if (existsSync(`${file}${suffix}`)) renameSync(`${file}${suffix}`, `${name}${suffix}`);
  }
  return name;
}
