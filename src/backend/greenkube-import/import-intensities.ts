import type { GreenKubeSource } from '../../core/ports/greenkube-source.ts';
import type { IntensityStore } from '../../core/ports/grid-feed.ts';
import { refuseStop } from './import-windows.ts';
import { Tally } from './tally.ts';

/** Takes published values of grids; one that was taken before is put in its own place. */
export async function importIntensities(
  source: Pick<GreenKubeSource, 'intensities'>,
  store: Pick<IntensityStore, 'putIntensities'>,
  signal: AbortSignal,
): Promise<Tally> {
  const tally = new Tally();
  for await (const batch of source.intensities()) {
    refuseStop(signal);
    const records = batch.flatMap((read) => tally.read(read) ?? []);
    await store.putIntensities(records);
    tally.taken += records.length;
  }
  return tally;
}
