import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { collectOnce } from '../integration/pipeline/collect-backend.ts';
import { type DayCluster, startDayCluster } from '../integration/pipeline/day-cluster.ts';
import {
  countWindows,
  integrity,
  type KillAt,
  killedCollect,
  RESULTS,
} from '../integration/pipeline/killed-collect.ts';
import { dump } from '../integration/pipeline/stored.ts';
import { needs } from '../setup/programs.ts';

const KILLS = 25;
const WINDOWS_OF_A_DAY = 24;
/** By turns: by the clock, anywhere; between two windows. When the day is whole, a new folder begins. */
const killAt = (kill: number): KillAt =>
  kill % 3 === 0 ? { milliseconds: Math.random() * 3000 } : { moreWindows: 1 + Math.floor(Math.random() * 8) };

describe.runIf(needs('prometheus'))('a collect that is killed 25 times', () => {
  let day: DayCluster;
  beforeAll(async () => {
    day = await startDayCluster();
  });
  afterAll(() => day?.stop());

  it('ends in the tables of one that was never disturbed', async () => {
    const undisturbed = day.setup('undisturbed');
    await collectOnce(undisturbed, '24h');
    const wanted = dump(undisturbed.dataDir);
    const windows: number[] = [];
    let folder = 0;
    for (let kill = 0; kill < KILLS; kill += 1) {
      const setup = day.setup(`killed-${folder}`);
      await killedCollect(setup, killAt(kill));
      windows.push(countWindows(setup));
      expect(integrity(setup)).toBe('ok');
      if (windows.at(-1)! < WINDOWS_OF_A_DAY && kill < KILLS - 1) continue;
      await collectOnce(setup, '24h');
      const after = dump(setup.dataDir);
      for (const view of RESULTS)
        expect(after[view], `${view} after ${windows.join(', ')} windows`).toEqual(wanted[view]);
      folder += 1;
    }
    process.stderr.write(`kill loop: windows after each kill: ${windows.join(', ')}\n`);
    // Kills that all came before the first or after the last window would prove nothing.
    expect(windows.some((count) => count > 0 && count < WINDOWS_OF_A_DAY)).toBe(true);
  });
});
