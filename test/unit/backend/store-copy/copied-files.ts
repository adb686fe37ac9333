import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { copyBetween } from '../../../../src/backend/store-copy/copy-store.ts';
import type { CopyStep, CopyWork } from '../../../../src/backend/store-copy/copy-work.ts';
import type { WholeStore } from '../../../../src/core/ports/record-pages.ts';
import { openSqliteResults } from '../../../../src/storage/sqlite/index.ts';
import { fillStore } from '../../../fakes/backend/filled-store.ts';

/** Two stores in files of a folder of their own. */
export interface CopiedFiles {
  readonly folder: string;
  readonly source: WholeStore;
  readonly target: WholeStore;
  readonly steps: CopyStep[];
  open(name: string): Promise<WholeStore>;
  work(part?: Partial<CopyWork>): CopyWork;
  copy(part?: Partial<CopyWork>): ReturnType<typeof copyBetween>;
  remove(): Promise<void>;
}

/** A filled store and an empty one that the stores of each test begin as: made once. */
export interface Templates {
  readonly folder: string;
  remove(): void;
}

export async function makeTemplates(): Promise<Templates> {
  const folder = mkdtempSync(join(tmpdir(), 'podwatt-template-'));
  const empty = await openSqliteResults({ file: join(folder, 'empty.sqlite'), readers: 1 });
  await empty.close();
  copyFileSync(join(folder, 'empty.sqlite'), join(folder, 'filled.sqlite'));
  const filled = await openSqliteResults({ file: join(folder, 'filled.sqlite'), readers: 1 });
  await fillStore(filled);
  await filled.close();
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

export async function makeFiles(templates: Templates): Promise<CopiedFiles> {
  const folder = mkdtempSync(join(tmpdir(), 'podwatt-copy-'));
  copyFileSync(join(templates.folder, 'filled.sqlite'), join(folder, 'source.sqlite'));
  for (const name of ['target', 'empty']) {
    copyFileSync(join(templates.folder, 'empty.sqlite'), join(folder, `${name}.sqlite`));
  }
  const opened: WholeStore[] = [];
  const open = async (name: string): Promise<WholeStore> => {
    const store = await openSqliteResults({ file: join(folder, name), readers: 1 });
    opened.push(store);
    return store;
  };
  const [source, target] = [await open('source.sqlite'), await open('target.sqlite')];
  const steps: CopyStep[] = [];
  const work = (part: Partial<CopyWork> = {}): CopyWork => ({
    source,
    target,
    signal: new AbortController().signal,
    onProgress: (step) => void steps.push(step),
    ...part,
  });
  return {
    folder,
    source,
    target,
    steps,
    open,
    work,
    copy: (part) => copyBetween(work(part), 'copier'),
    remove: async () => {
      for (const store of opened) await store.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
