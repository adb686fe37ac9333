import { readdir, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type Database from 'better-sqlite3';

const KEPT = 3;

/** Copies a store beside itself as `<file>.before-v<version>-<seconds>.backup` and keeps the last three copies. */
export async function backUp(database: Database.Database, version: number, nowSeconds: number): Promise<void> {
  // Nothing of it is on a disk.
  if (database.memory) return;
  const file = database.name;
  const prefix = `${basename(file)}.before-v`;
  await database.backup(join(dirname(file), `${prefix}${version}-${nowSeconds}.backup`));
  const copies = (await readdir(dirname(file))).filter((name) => name.startsWith(prefix) && name.endsWith('.backup'));
  copies.sort((left, right) => madeAt(left) - madeAt(right));
  await Promise.all(copies.slice(0, -KEPT).map((name) => rm(join(dirname(file), name))));
}

function madeAt(name: string): number {
  return Number(/-(\d+)\.backup$/.exec(name)?.[1] ?? 0);
}
