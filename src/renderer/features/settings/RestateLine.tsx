import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useNow } from '../../app/use-now.ts';
import { keptSearch } from '../../app/view/kept-search.ts';
import { useView } from '../../app/view/use-view.ts';
import { formatCount } from '../../format/digits.ts';
import { joinParts } from '../../format/parts.ts';
import { formatCarbon } from '../../format/quantity.ts';
import { formatClock, formatPeriod, toMilliseconds } from '../../format/time.ts';
import { useApi } from '../../rpc/provider.tsx';
import { Notice } from '../../ui/Notice.tsx';

const ASK_AGAIN_MS = 4_000;
const LONGEST_WAIT_MS = 180_000;
/** Clocks of the page and of the backend may differ by this much. */
const CLOCK_SLACK_MS = 5_000;

/** After a setting was saved: that the past is being restated, then what that changed. The audit keeps it. */
export function RestateLine(props: {
  /** Null: all clusters. */
  readonly clusterId: string | null;
  readonly savedAtMs: number;
  readonly className?: string;
}) {
  const { clusterId, savedAtMs } = props;
  const { tz } = useView();
  const api = useApi();
  const nowMs = useNow(ASK_AGAIN_MS);
  const isLate = nowMs - savedAtMs > LONGEST_WAIT_MS;
  const audit = useQuery(
    api.audit.list.queryOptions({
      input: { limit: 20, ...(clusterId === null ? {} : { cluster: clusterId }) },
      staleTime: 0,
      refetchInterval: isLate ? false : ASK_AGAIN_MS,
    }),
  );
  const done = (audit.data?.entries ?? []).filter((entry) => toMilliseconds(entry.at) >= savedAtMs - CLOCK_SLACK_MS);
  const link = (
    <Link
      to="/quality"
      search={(before: Record<string, unknown>) => keptSearch(before)}
      className="link shrink-0 rounded-1"
    >
      See the audit
    </Link>
  );
  const [first] = done;
  if (first !== undefined) {
    const windows = done.reduce((sum, entry) => sum + entry.windows, 0);
    const grams = (pick: 'before' | 'after'): string =>
      joinParts(formatCarbon(done.reduce((sum, { [pick]: all }) => sum + all.co2e_grams + all.embodied_co2e_grams, 0)));
    return (
      <Notice tone="info" action={link} {...(props.className === undefined ? {} : { className: props.className })}>
        Restated at {formatClock(first.at, tz)}: {formatCount(windows)} windows of{' '}
        {formatPeriod(first.start, first.end, tz)}, carbon {grams('before')} → {grams('after')}.
      </Notice>
    );
  }
  return (
    <Notice tone="quiet" action={link} {...(props.className === undefined ? {} : { className: props.className })}>
      {isLate
        ? 'No figure of the past changed so far. Where a long past is restated, its entry comes when it ends.'
        : 'The past is being restated with it. What changes will stand in the audit.'}
    </Notice>
  );
}
