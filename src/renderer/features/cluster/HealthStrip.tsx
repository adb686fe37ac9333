import type { HealthHistory } from '../../../contract/schemas/kubernetes/clusters.ts';
import { HEALTH_NAMES } from '../../app/kubernetes/health-words.ts';
import { formatPercent } from '../../format/change.ts';
import { formatDate, formatMoment } from '../../format/time.ts';
import { cx } from '../../ui/class-names.ts';
import { type HealthSpan, healthyShare, spansOf } from './health-spans.ts';

/** Shape and place carry it too: what is worse stands taller. */
const LOOKS = {
  healthy: 'h-1.5 bg-good-fill',
  degraded: 'h-3 bg-warn-fill',
  critical: 'h-4 bg-bad-fill',
  unknown: 'h-4 hatch-gap',
} as const;

const nameOf = ({ status }: HealthSpan): string => (status === null ? 'Nothing kept' : HEALTH_NAMES[status]);

/** The health of the last days as a strip: one bar from the oldest to now, each part as long as it lasted. */
export function HealthStrip({ history, tz }: { history: HealthHistory; tz: string }) {
  const spans = spansOf(history);
  const [first, last] = [spans[0], spans.at(-1)];
  if (first === undefined || last === undefined) return null;
  const share = healthyShare(spans);
  const total = last.endMs - first.startMs;
  const troubles = spans.filter(({ status }) => status === 'degraded' || status === 'critical').length;
  const words = [
    `Health from ${formatDate(first.startMs, tz)} to now`,
    share === null ? 'little is known of it' : `healthy for ${formatPercent(share)} of the time that is known`,
    `${troubles} ${troubles === 1 ? 'time' : 'times'} of trouble`,
  ];
  return (
    <figure className="mt-3 border-t border-line pt-2">
      <div role="img" aria-label={words.join(', ')} className="flex h-4 items-end">
        {spans.map((span) => (
          <span
            key={span.startMs}
            title={[`${nameOf(span)} from ${formatMoment(span.startMs, tz)}`, ...span.reasons].join('\n')}
            className="flex h-4 min-w-0.5 items-end"
            style={{ flexGrow: (span.endMs - span.startMs) / total, flexBasis: 0 }}
          >
            <span className={cx('w-full', LOOKS[span.status ?? 'unknown'])} />
          </span>
        ))}
      </div>
      <figcaption aria-hidden="true" className="mt-1 flex justify-between text-micro text-fg-3 tabular-nums">
        <span>{formatDate(first.startMs, tz)}</span>
        {share !== null && <span>healthy {formatPercent(share)} of the time</span>}
        <span>now</span>
      </figcaption>
    </figure>
  );
}
