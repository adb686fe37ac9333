import * as z from 'zod';
import type { ResultsStore } from '../../core/ports/results-store.ts';

const Recovered = z.object({
  recovery: z.object({
    setAsideAs: z.string(),
    windowsRecovered: z.number(),
    windowsLost: z.number(),
    isLostLeast: z.boolean(),
  }),
});

/** What the opening of a damaged file found and did, for people; null for a store that was sound. */
export function recoveryWords(store: ResultsStore): { message: string; hint: string } | null {
  const told = Recovered.safeParse({ recovery: 'recovery' in store ? store.recovery : null });
  if (!told.success) return null;
  const { setAsideAs, windowsRecovered, windowsLost, isLostLeast } = told.data.recovery;
  const kept = windowsRecovered === 0 ? 'Nothing could be recovered' : `${windows(windowsRecovered)} were recovered`;
  const lost = windowsLost === 0 && !isLostLeast ? 'none was lost' : lostWords(windowsLost, isLostLeast);
  return {
    message: `The results file was damaged. ${kept}, ${lost}`,
    hint: `The damaged file was set aside as ${setAsideAs}. What is missing is read again from the metrics, as far back as they are kept.`,
  };
}

function lostWords(count: number, isLeast: boolean): string {
  return count === 0
    ? 'and it is not known how much was lost'
    : `${isLeast ? 'at least ' : ''}${windows(count)} were lost`;
}

function windows(count: number): string {
  return count === 1 ? '1 window' : `${count} windows`;
}
