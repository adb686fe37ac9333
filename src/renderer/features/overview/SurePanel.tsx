import { CircleCheck, CircleDashed } from 'lucide-react';
import type { Summary } from '../../../contract/schemas/metrics.ts';
import { useNow } from '../../app/use-now.ts';
import { useView } from '../../app/view/use-view.ts';
import { missingWords } from '../../figures/coverage.ts';
import { GoButton } from '../../figures/GoButton.tsx';
import { panelStateOf, type QueryLike } from '../../figures/panel-state.tsx';
import { QualityBar } from '../../figures/QualityBar.tsx';
import { formatPercent } from '../../format/change.ts';
import { formatCoverage } from '../../format/time.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Panel } from '../../ui/Panel.tsx';

interface Props {
  readonly query: QueryLike & { readonly data: Summary | undefined };
}

/** How sure the figures are: shares of energy by how it is known, the width of the range, and what was collected. */
export function SurePanel({ query }: Props) {
  const view = useView();
  const nowMs = useNow();
  const summary = query.data;
  const empty = summary !== undefined && summary.total_energy_joules <= 0;
  const state = panelStateOf([query], {
    nowMs,
    tz: view.tz,
    empty: empty ? (
      <EmptyState title="Nothing to be sure of yet">No energy was counted in this range.</EmptyState>
    ) : null,
  });
  return (
    <Panel title="How sure" note="share of energy" state={state} actions={<GoButton to="/quality">Details</GoButton>}>
      {summary !== undefined && (
        <>
          <QualityBar quality={summary.quality} />
          <Widths summary={summary} />
          <Collected summary={summary} />
        </>
      )}
    </Panel>
  );
}

/** Half of low to high against the figure: `±19 %`. */
function halfWidth(low: number, value: number, high: number): string {
  return value > 0 ? `±${formatPercent((high - low) / 2 / value)}` : 'no data';
}

function Widths({ summary }: { readonly summary: Summary }) {
  const rows: readonly (readonly [string, number, number, number])[] = [
    ['Carbon', summary.total_co2e_all_scopes_low, summary.total_co2e_all_scopes, summary.total_co2e_all_scopes_high],
    [
      'Energy',
      summary.total_facility_energy_low_joules,
      summary.total_facility_energy_joules,
      summary.total_facility_energy_high_joules,
    ],
    ['Cost', summary.total_cost_low, summary.total_cost, summary.total_cost_high],
  ];
  const widest = Math.max(...rows.map(([, low, value, high]) => (value > 0 ? (high - low) / value : 0)), 1e-9);
  return (
    <>
      <h3 className="mt-3 text-small text-fg-3">How wide the ranges are</h3>
      <ul className="mt-1 flex flex-col gap-1 text-small">
        {rows.map(([name, low, value, high]) => (
          <li key={name} className="flex items-center gap-4">
            <span className="w-16">{name}</span>
            <span aria-hidden="true" className="flex-1">
              <i
                className="block h-1.5 rounded-[1px] bg-series-other opacity-70"
                style={{ width: `${value > 0 ? ((high - low) / value / widest) * 100 : 0}%` }}
              />
            </span>
            <span className="num w-14 text-fg-2">{halfWidth(low, value, high)}</span>
          </li>
        ))}
      </ul>
    </>
  );
}

function Collected({ summary }: { readonly summary: Summary }) {
  const missing = missingWords(summary);
  const Icon = missing === null ? CircleCheck : CircleDashed;
  return (
    <p className="mt-3 flex items-start gap-2 text-small">
      <Icon aria-hidden="true" strokeWidth={1.75} className="size-4 shrink-0 text-fg-3" />
      <span>
        {formatCoverage(summary.covered_seconds, summary.expected_seconds)} collected. {missing}
      </span>
    </p>
  );
}
