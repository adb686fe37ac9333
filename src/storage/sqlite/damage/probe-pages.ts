import { rootsInFile } from './find-roots.ts';
import type { PageFile } from './page-file.ts';
import { readTreePage } from './tree-page.ts';

/** Finds out within a limit whether pages look damaged; called at each start on files too large to be read whole. */
export interface ProbeLimits {
  /** Epoch milliseconds after which the probe ends with what it saw until then. */
  readonly untilMilliseconds: number;
  nowMilliseconds(): number;
  /** At least 0, below 1. */
  random(): number;
}

/**
 * True where a page of a tree is none, or the file ends before the pages that its header promises. First the inner pages
 * of all trees, which the most hangs on, then outer ones in random order: what one start doesn't meet, a later one does.
 * A yes is a suspicion only: while another process writes, half of a change can be seen.
 */
export function looksDamaged(file: PageFile, limits: ProbeLimits): boolean {
  if (!file.hasHeader || file.missingPages > 0) return true;
  const { tables, indexes } = rootsInFile(file);
  if (tables.size === 0 && file.pageCount > 1) return true;
  const seen = new Set<number>();
  let inner = [1, ...tables.values(), ...indexes];
  const outer: number[] = [];
  while (inner.length > 0) {
    const below: number[] = [];
    for (const number of inner) {
      if (limits.nowMilliseconds() > limits.untilMilliseconds) return false;
      const page = seen.has(number) ? null : file.page(number);
      const tree = page === null ? null : readTreePage(file, number, page);
      if (tree === null) return true;
      seen.add(number);
      const [first] = tree.children;
      if (first === undefined) continue;
      // All children of a page are on one level: one tells whether the others have children too.
      const child = file.page(first);
      const isLeafLevel = child !== null && readTreePage(file, first, child)?.isInterior === false;
      for (const each of tree.children) (isLeafLevel ? outer : below).push(each);
    }
    inner = below;
  }
  return hasDamagedLeaf(file, outer, limits);
}

function hasDamagedLeaf(file: PageFile, pages: number[], limits: ProbeLimits): boolean {
  for (let left = pages.length; left > 0; left -= 1) {
    if (limits.nowMilliseconds() > limits.untilMilliseconds) return false;
    const chosen = Math.floor(limits.random() * left);
    const number = pages[chosen] ?? 0;
    pages[chosen] = pages[left - 1] ?? 0;
    const page = file.page(number);
    const tree = page === null ? null : readTreePage(file, number, page);
    if (tree === null || tree.isInterior) return true;
  }
  return false;
}
