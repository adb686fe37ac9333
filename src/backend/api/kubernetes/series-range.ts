import { Failure } from '../../../model/failure.ts';
import type { EpochSeconds, TimeRange } from '../../../model/time.ts';
import { fromIso } from '../../ranges/instants.ts';

export const MOST_POINTS = 2000;

interface Step {
  /** Length of a point; ranges are moved out to whole ones, by UTC. */
  readonly stepSeconds: number;
  /** Length of the range where no start is given. */
  readonly defaultSeconds: number;
  /** What to choose where the range would have too many points. */
  readonly coarser: string | null;
  /** The points are not one a step: their number says nothing. */
  readonly isUnbounded?: boolean;
}

/** The range of a series, whole steps. Throws `Failure` bad-input for one that is upside down or has too many points. */
export function seriesRange(
  input: { readonly start?: string | undefined; readonly end?: string | undefined },
  { stepSeconds, defaultSeconds, coarser, isUnbounded = false }: Step,
  nowSeconds: EpochSeconds,
): TimeRange {
  const end = input.end === undefined ? nowSeconds : fromIso(input.end, 'end');
  const start = input.start === undefined ? end - defaultSeconds : fromIso(input.start, 'start');
  if (start < 0) throw new Failure('bad-input', 'start lies before 1970: give a later one');
  if (start >= end) throw new Failure('bad-input', 'start must lie before end');
  const startSeconds = Math.floor(start / stepSeconds) * stepSeconds;
  const endSeconds = Math.ceil(end / stepSeconds) * stepSeconds;
  if (!isUnbounded && (endSeconds - startSeconds) / stepSeconds > MOST_POINTS) {
    const choice = coarser === null ? 'choose a shorter range' : `choose ${coarser}, or a shorter range`;
    throw new Failure('bad-input', `The range has more than ${MOST_POINTS.toLocaleString('en')} points: ${choice}`);
  }
  return { startSeconds, endSeconds };
}
