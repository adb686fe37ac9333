import { randomUUID } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import { Failure } from '../../model/failure.ts';
import type { Terminal } from '../terminal.ts';

/** Where a result goes: stdout, or a file that is there only when it is whole. */
export interface Sink {
  write(text: string): Promise<void>;
  finish(): Promise<void>;
  abandon(): Promise<void>;
}

/** @throws Failure 'bad-input' where the file can't be written */
export async function createSink(path: string | null, terminal: Terminal): Promise<Sink> {
  const nothing = async () => undefined;
  if (path === null) return { write: (text) => terminal.write(text), finish: nothing, abandon: nothing };
  const target = resolve(terminal.workingDir, path);
  const draft = `${target}.${randomUUID()}.part`;
  const file = await open(draft, 'wx').catch((error: NodeJS.ErrnoException) => {
    throw new Failure('bad-input', `${path} can't be written (${error.code ?? 'unknown'})`, {
      hint: 'Choose another --output.',
      cause: error,
    });
  });
  return {
    write: async (text) => {
      await file.write(text);
    },
    finish: async () => {
      await file.close();
      await rename(draft, target);
    },
    abandon: async () => {
      await file.close();
      await rm(draft, { force: true });
    },
  };
}
