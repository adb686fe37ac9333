import type { Summary } from '../../contract/schemas/metrics.ts';
import { formatDuration } from '../format/time.ts';

type Covered = Pick<Summary, 'covered_seconds' | 'expected_seconds'>;

/** Less than this is a late sample, not something to tell. */
const WORTH_TELLING_SECONDS = 600;
const SHARE_WORTH_TELLING = 0.01;

/** `5 h are missing and left out of the totals.`; null where all was collected. */
export function missingWords({ covered_seconds, expected_seconds }: Covered): string | null {
  const missing = expected_seconds - covered_seconds;
  if (missing < Math.max(WORTH_TELLING_SECONDS, expected_seconds * SHARE_WORTH_TELLING)) return null;
  return `${formatDuration(missing)} of ${formatDuration(expected_seconds)} are missing and left out of the totals.`;
}
