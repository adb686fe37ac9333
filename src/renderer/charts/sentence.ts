import { formatBucket, formatDuration } from '../format/time.ts';
import { chooseUnit } from '../format/units.ts';
import { amountText } from './amount.ts';
import type { Gap } from './buckets.ts';
import type { StackBucket, StackData } from './stack.ts';

/** What a chart says to who can't see it: total, extremes, gaps. */
export function chartSentence(title: string, data: StackData, tz: string, currency: string): string {
  const filled = data.buckets.filter((bucket) => bucket.total !== null && bucket.state === 'whole');
  const unit = chooseUnit(data.kind, data.total, currency);
  const parts = [title, `${data.kind === 'power' ? 'mean' : 'total'} ${amountText(data.total, unit)}`];
  const highest = extreme(filled, (a, b) => a > b);
  const lowest = extreme(filled, (a, b) => a < b);
  for (const [word, bucket] of [['highest', highest] as const, ['lowest', lowest] as const]) {
    if (bucket === undefined || filled.length < 2) continue;
    parts.push(
      `${word} ${amountText(bucket.total ?? 0, chooseUnit(data.kind, bucket.total, currency))} on ${formatBucket(bucket.startMs, bucket.endMs, tz)}`,
    );
  }
  parts.push(gapWords(data.gaps, tz));
  return `${parts.join('; ')}.`;
}

function extreme(buckets: readonly StackBucket[], better: (a: number, b: number) => boolean): StackBucket | undefined {
  return buckets.reduce<StackBucket | undefined>(
    (best, bucket) => (best === undefined || better(bucket.total ?? 0, best.total ?? 0) ? bucket : best),
    undefined,
  );
}

const MOST_GAPS_NAMED = 3;

function gapWords(gaps: readonly Gap[], tz: string): string {
  if (gaps.length === 0) return 'no gaps';
  const named = gaps
    .slice(0, MOST_GAPS_NAMED)
    .map((gap) => `${gapLength(gap)} from ${formatBucket(gap.startMs, gap.endMs, tz)}`);
  const more = gaps.length - named.length;
  return `no data for ${named.join(', ')}${more > 0 ? ` and ${more} more gaps` : ''}`;
}

/** `5 h`: length of a gap. */
export function gapLength(gap: Gap): string {
  return formatDuration((gap.endMs - gap.startMs) / 1000);
}
