import type { Ladder } from '../../../contract/schemas/quality.ts';
import { formatPercent } from '../../format/change.ts';
import { exactQuantity } from '../../format/quantity.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Panel } from '../../ui/Panel.tsx';
import type { ReportProps } from './HeadPanel.tsx';

/** For each quantity, which source it came from: best first, with its share of the energy. */
export function LaddersPanel({ report, state }: ReportProps) {
  return (
    <Panel title="Where it comes from" note="best source first, share of energy" state={state}>
      {report?.ladders.length === 0 && <EmptyState title="No source is recorded for this range" />}
      <ul className="flex flex-col gap-4">
        {report?.ladders.map((ladder) => (
          <LadderBars key={ladder.quantity} ladder={ladder} />
        ))}
      </ul>
    </Panel>
  );
}

function LadderBars({ ladder }: { readonly ladder: Ladder }) {
  return (
    <li>
      <h3 className="text-small font-medium">{ladder.title}</h3>
      <ol aria-label={ladder.title} className="mt-1 flex flex-col gap-1 text-small">
        {ladder.rungs.map((rung, place) => (
          <li key={rung.rung} className="flex items-center gap-3">
            <span className="w-2/5 min-w-0 truncate text-fg-2" title={rung.title}>
              {rung.title}
            </span>
            <span aria-hidden="true" className="h-1.5 min-w-0 flex-1 overflow-hidden rounded-[1px] bg-surface-2">
              <i
                className="block h-1.5 bg-fg-2"
                style={{ width: `${rung.share * 100}%`, opacity: Math.max(0.45, 1 - place * 0.2) }}
              />
            </span>
            <span className="num w-12 text-fg-2" title={exactQuantity('energy', rung.joules)}>
              {formatPercent(rung.share)}
            </span>
          </li>
        ))}
      </ol>
    </li>
  );
}
