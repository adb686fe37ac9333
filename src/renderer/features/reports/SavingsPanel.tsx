import { useQuery } from '@tanstack/react-query';
import { BadgeCheck, Table2 } from 'lucide-react';
import { useState } from 'react';
import { MIXED_CURRENCY } from '../../../contract/schemas/primitives.ts';
import type { SavingsReport } from '../../../contract/schemas/recommendations.ts';
import { useNow } from '../../app/use-now.ts';
import { useView } from '../../app/view/use-view.ts';
import { SavingsChart } from '../../charts/SavingsChart.tsx';
import { type SavingsMetric, savingsBuckets, savingsExtent } from '../../charts/savings-days.ts';
import { GoButton } from '../../figures/GoButton.tsx';
import { panelStateOf } from '../../figures/panel-state.tsx';
import { formatCount } from '../../format/digits.ts';
import { formatPeriod } from '../../format/time.ts';
import { chooseUnit } from '../../format/units.ts';
import { useApi } from '../../rpc/provider.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { Segmented } from '../../ui/Segmented.tsx';
import { Swatch } from '../../ui/Swatch.tsx';
import { SavingsDays } from './SavingsDays.tsx';
import { SavingsTypes } from './SavingsTypes.tsx';

interface Props {
  readonly metric: SavingsMetric;
  readonly onMetric: (metric: SavingsMetric) => void;
}

/** What applied recommendations promised and what was measured, day by day and by type. */
export function SavingsPanel({ metric, onMetric }: Props) {
  const view = useView();
  const api = useApi();
  const nowMs = useNow();
  const [asTable, setAsTable] = useState(false);
  const query = useQuery(api.recommendations.savings.queryOptions({ input: view.query }));
  const report = query.data;
  const state = panelStateOf([query], {
    nowMs,
    tz: view.tz,
    missing: report === undefined ? null : waitingWords(report),
    empty:
      report !== undefined && report.days.length === 0 ? (
        <EmptyState
          icon={<BadgeCheck strokeWidth={1.75} />}
          title="No savings in this range"
          actions={<GoButton to="/recommendations">See what can be cut</GoButton>}
        >
          They are counted from the day on which a recommendation was applied.
        </EmptyState>
      ) : null,
  });
  return (
    <Panel
      title="Savings, promised and measured"
      note={
        report === undefined || report.days.length === 0
          ? undefined
          : `${formatPeriod(report.period.start, report.period.end, 'UTC')}, ${formatCount(report.count)} applied`
      }
      state={state}
      actions={
        <>
          <span className="hidden items-center gap-3 pr-2 text-small text-fg-2 mid:flex">
            <span className="flex items-center gap-1.5">
              <Swatch colour="var(--series-3)" />
              Measured
            </span>
            <span className="flex items-center gap-1.5">
              <Swatch kind="ghost" />
              Promised
            </span>
            <span className="flex items-center gap-1.5">
              <Swatch kind="gap" />
              Not measured yet
            </span>
          </span>
          <Segmented
            label="Savings in"
            value={metric}
            options={[
              { value: 'carbon', label: 'Carbon' },
              { value: 'cost', label: 'Cost' },
            ]}
            onChange={onMetric}
          />
          <IconButton
            size="small"
            label={asTable ? 'Show as chart' : 'Show as table'}
            onClick={() => setAsTable(!asTable)}
          >
            <Table2 aria-hidden="true" />
          </IconButton>
        </>
      }
      className="min-h-60"
    >
      {report !== undefined && <Shown report={report} metric={metric} asTable={asTable} />}
    </Panel>
  );
}

function Shown({ report, metric, asTable }: { report: SavingsReport; metric: SavingsMetric; asTable: boolean }) {
  const buckets = savingsBuckets(report.days, metric);
  const highest = savingsExtent(buckets).high;
  const unit = metric === 'carbon' ? chooseUnit('carbon', highest) : chooseUnit('money', highest, report.currency);
  const name = `${metric === 'carbon' ? 'Carbon' : 'Cost'} saved a day`;
  const isMixed = metric === 'cost' && report.currency === MIXED_CURRENCY;
  return (
    <>
      <div className="h-45">
        {isMixed ? (
          <EmptyState title="Clusters count in different currencies">
            Money of one can’t be added to that of another. Pick a cluster to see its cost by day.
          </EmptyState>
        ) : asTable ? (
          <SavingsDays buckets={buckets} unit={unit} name={name} />
        ) : (
          <SavingsChart buckets={buckets} unit={unit} name={name} />
        )}
      </div>
      <SavingsTypes report={report} />
    </>
  );
}

/** How many days of the range are not measured yet; null where all are. */
function waitingWords(report: SavingsReport): string | null {
  const waiting = report.days.filter((day) => day.measured_co2e_grams === null).length;
  if (waiting === 0) return null;
  const days = waiting === 1 ? '1 day is' : `${formatCount(waiting)} of ${formatCount(report.days.length)} days are`;
  return `${days} not measured yet and left out of what was measured; a change needs a week.`;
}
