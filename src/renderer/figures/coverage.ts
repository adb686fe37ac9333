import type { Summary } from '../../contract/schemas/metrics.ts';
import { formatDuration } from '../format/time.ts';

type Covered = Pick<Summary, 'covered_seconds' | 'expected_seconds'>;

/** Less than this is a late sample, not something to tell. */
const WORTH_TELLING_SECONDS = 600;
const SHARE_WORTH_TELLING = 0.01;

/** From here on what is missing changes what a total means: panels say so above their figures. */
const SHARE_WORTH_A_NOTICE = 0.1;

/** As `missingWords`, only where much is missing; smaller holes are hatched in the chart and told in How sure. */
export function noticeWords(covered: Covered): string | null {
  const share = 1 - covered.covered_seconds / Math.max(1, covered.expected_seconds);
  return share < SHARE_WORTH_A_NOTICE ? null : missingWords(covered);
}

/** `5 h are missing and left out of the totals.`; null where all was collected. */
export function missingWords({ covered_seconds, expected_seconds }: Covered): string | null {
  const missing = expected_seconds - covered_seconds;
  if (missing < Math.max(WORTH_TELLING_SECONDS, expected_seconds * SHARE_WORTH_TELLING)) return null;
  return `${formatDuration(missing)} of ${formatDuration(expected_seconds)} are missing and left out of the totals.`;
}
