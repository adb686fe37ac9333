import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'vitest';
import { killAndCheck } from './kill-loop.ts';

describe('a store whose process is killed', () => {
  let folder = '';
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'podwatt-kill-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('loses at most the running window', async () => {
    const delays = [3, 17, 41];
    await killAndCheck(join(folder, 'results.sqlite'), delays.length, (round) => delays[round] ?? 0);
  });
});
