import { Failure } from '../../model/failure.ts';
import type { WindowResult } from '../../model/results.ts';

/** Throws `Failure` bad-input for a window that no store can keep exactly; its rows' numbers are checked one by one. */
export function checkWindow({ entry, rows, nodeWindows, nodeSnapshots }: WindowResult, epoch: number): void {
  const { startSeconds, durationSeconds } = entry.window;
  // A window inside one hour is what makes roll-ups exact.
  const aligned =
    Number.isSafeInteger(startSeconds) && 3600 % durationSeconds === 0 && startSeconds % durationSeconds === 0;
  if (!aligned) throw badInput('a window is a whole part of an hour, and starts at a multiple of its length');
  if (!Number.isSafeInteger(epoch) || epoch < 0) throw badInput('an epoch is a whole number');
  if (entry.state === 'no-data' && rows.length > 0) throw badInput('a window without data has no rows');
  if (!isStorable(entry.coveredSeconds)) throw badInput('covered seconds are no number');
  for (const facts of [...nodeWindows, ...nodeSnapshots]) {
    if (facts.clusterId !== entry.clusterId) throw badInput('a node names another cluster than its window');
    for (const [name, value] of Object.entries(facts)) {
      const numbers = Array.isArray(value) ? value : [value];
      if (numbers.some((number) => typeof number === 'number' && !isStorable(number))) {
        throw badInput(`${name} of a node is no number that can be kept`);
      }
    }
  }
}

/** No store keeps NaN, SQLite drops the sign of zero, and infinities can't be added up. */
export function isStorable(value: number): boolean {
  return Number.isFinite(value) && !Object.is(value, -0);
}

/** A number that could not be kept, for people. */
export function describeNumber(value: number): string {
  return Object.is(value, -0) ? '-0' : String(value);
}

export function badInput(what: string): Failure {
  return new Failure('bad-input', `The window was not stored: ${what}.`, {
    hint: 'This is a fault in Podwatt; please report it with the log.',
  });
}
