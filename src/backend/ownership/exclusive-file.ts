import { randomUUID } from 'node:crypto';
import { link, rename, unlink, writeFile } from 'node:fs/promises';

/**
 * Creates a file of mode 0600 with its whole content at once, or not at all.
 * @returns false where the file exists already
 */
export async function createExclusive(path: string, content: string): Promise<boolean> {
  // Written aside and linked: a reader never sees a lock that is still empty.
  const draft = await writeDraft(path, content);
  try {
    await link(draft, path);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  } finally {
    await unlink(draft);
  }
}

/** Replaces a file's content in one step, mode 0600. */
export async function replaceWhole(path: string, content: string): Promise<void> {
  await rename(await writeDraft(path, content), path);
}

async function writeDraft(path: string, content: string): Promise<string> {
  const draft = `${path}.${randomUUID()}`;
  await writeFile(draft, content, { mode: 0o600, flag: 'wx' });
  return draft;
}
