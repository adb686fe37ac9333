import type { PageFile } from './page-file.ts';

/** Pages that hold nothing any more, only what was once deleted; null where their list can't be read. */
export function freePages(file: PageFile): ReadonlySet<number> | null {
  const first = file.hasHeader ? file.page(1) : null;
  if (first === null) return null;
  const free = new Set<number>();
  for (let trunk = first.readUInt32BE(32); trunk !== 0; ) {
    const page = free.has(trunk) ? null : file.page(trunk);
    if (page === null) return null;
    free.add(trunk);
    const count = page.readUInt32BE(4);
    if (count > file.usableSize / 4 - 2) return null;
    for (let place = 0; place < count; place += 1) free.add(page.readUInt32BE(8 + 4 * place));
    trunk = page.readUInt32BE(0);
  }
  return free.size === first.readUInt32BE(36) ? free : null;
}
