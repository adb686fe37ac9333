import { Check, CircleAlert, Clock, LoaderCircle } from 'lucide-react';
import type { ReactNode } from 'react';
import type { ClusterItem } from '../../../contract/schemas/contexts.ts';
import { formatAge, formatClock } from '../../format/time.ts';
import { useConnection } from '../../rpc/provider.tsx';
import { cx } from '../../ui/class-names.ts';
import { Tooltip } from '../../ui/Tooltip.tsx';
import { useSelectedClusters } from '../clusters-query.ts';
import { useNow } from '../use-now.ts';
import { useView } from '../view/use-view.ts';

/** Windows are five minutes long and close a few minutes late; beyond this a figure is late. */
const LATE_MILLISECONDS = 20 * 60_000;

export type FreshnessState =
  | { kind: 'stopped' }
  | { kind: 'reading' }
  | { kind: 'none' }
  | { kind: 'paused'; at: string }
  | { kind: 'fresh' | 'late'; at: string };

/** How old the youngest figure is, over the clusters that are shown. */
export function freshnessOf(clusters: readonly ClusterItem[], isDown: boolean, now: number): FreshnessState {
  if (isDown) return { kind: 'stopped' };
  if (clusters.some((cluster) => cluster.state === 'reading-history')) return { kind: 'reading' };
  const ends = clusters.flatMap((cluster) => (cluster.last_window_end === null ? [] : [cluster.last_window_end]));
  const at = ends.sort((a, b) => Date.parse(a) - Date.parse(b)).at(-1);
  if (at === undefined) return { kind: 'none' };
  if (!clusters.some((cluster) => cluster.collecting)) return { kind: 'paused', at };
  return { kind: now - Date.parse(at) > LATE_MILLISECONDS ? 'late' : 'fresh', at };
}

export function Freshness() {
  const { tz } = useView();
  const clusters = useSelectedClusters();
  const connection = useConnection();
  const now = useNow();
  const state = freshnessOf(clusters, connection.status === 'down', now);
  const next = clusters.flatMap((cluster) => (cluster.next_run_at === null ? [] : [cluster.next_run_at])).sort()[0];
  const nextText = next === undefined ? '' : `, next run ${formatClock(next, tz)}`;
  switch (state.kind) {
    case 'none':
      return null;
    case 'stopped':
      return (
        <Line
          tone="bad"
          icon={<CircleAlert />}
          text="Collector stopped"
          hover="Nothing is collected. What was stored stays."
        />
      );
    case 'reading':
      return (
        <Line
          icon={<LoaderCircle className="turning" />}
          text="Reading history"
          hover="Figures fill in as they arrive."
        />
      );
    case 'paused':
      return (
        <Line
          icon={<Clock />}
          text={`Until ${formatAge(state.at, now, tz)}`}
          hover="No cluster that is shown is being collected."
        />
      );
    case 'late':
      return (
        <Line
          tone="warn"
          icon={<Clock />}
          text={formatAge(state.at, now, tz)}
          hover={`Last window ended ${formatClock(state.at, tz)}${nextText}`}
        />
      );
    case 'fresh':
      return (
        <Line
          icon={<Check />}
          text={formatAge(state.at, now, tz)}
          hover={`Collected until ${formatClock(state.at, tz)}${nextText}`}
        />
      );
  }
}

function Line({ icon, text, hover, tone }: { icon: ReactNode; text: string; hover: string; tone?: 'warn' | 'bad' }) {
  return (
    <Tooltip text={hover}>
      <button
        type="button"
        className={cx(
          'flex h-7 items-center gap-1.5 rounded-2 px-2 text-[12.5px] font-medium whitespace-nowrap [&_svg]:size-4',
          tone === 'bad' ? 'bg-bad-soft text-bad' : tone === 'warn' ? 'text-warn' : 'text-fg-2',
        )}
      >
        <span aria-hidden="true">{icon}</span>
        <span className="sr-only">Figures until </span>
        {text}
      </button>
    </Tooltip>
  );
}
