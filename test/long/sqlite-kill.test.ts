import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'vitest';
import { killAndCheck } from '../contract/storage/kill-loop.ts';

describe('a store whose process is killed again and again', () => {
  let folder = '';
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'podwatt-kill-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('loses at most the running window each time', async () => {
    // Any delay is as good as another; these spread over all stages of a write without a random seed.
    await killAndCheck(join(folder, 'results.sqlite'), 60, (round) => (round * 37) % 211);
  });
});
