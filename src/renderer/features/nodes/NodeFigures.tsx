import type { ReactNode } from 'react';
import type { NodeDetail } from '../../../contract/schemas/nodes.ts';
import { MEASURES } from '../../charts/measure.ts';
import { meanWatts } from '../../charts/power.ts';
import { ExplainButton } from '../../figures/explain/ExplainButton.tsx';
import type { TargetOf } from '../../figures/explain/target.ts';
import { formatPercent } from '../../format/change.ts';
import { joinParts, NO_DATA, type Parts } from '../../format/parts.ts';
import {
  exactQuantity,
  formatCarbon,
  formatCpu,
  formatMoney,
  formatPower,
  formatRange,
} from '../../format/quantity.ts';
import { chooseUnit } from '../../format/units.ts';
import { type Certainty, certaintyOf, Mark } from '../../ui/Mark.tsx';
import type { NodeLine } from './node-list.ts';

interface Props {
  readonly line: NodeLine;
  readonly detail: NodeDetail | undefined;
  readonly coveredSeconds: number;
  readonly currency: string;
  /** Cost of the node's spare capacity; null while unknown. */
  readonly spareCost: number | null;
}

/** Four figures of a node: power, carbon, CPU, and what of it nobody asked for. */
export function NodeFigures({ line, detail, coveredSeconds, currency, spareCost }: Props) {
  const { item } = line;
  const certainty = certaintyOf(item.quality);
  const watts = meanWatts(line.joules, coveredSeconds);
  const carbon = MEASURES.carbon.value(item);
  const spare = line.joules > 0 ? item.parts.unallocated_joules / line.joules : null;
  const own = { cluster: line.clusterId, node: line.name };
  return (
    <section
      aria-label="Figures"
      className="grid shrink-0 grid-cols-2 gap-px overflow-hidden rounded-3 border border-line bg-line shadow-1 mid:grid-cols-4"
    >
      <Cell
        label="Power"
        certainty={certainty}
        parts={formatPower(watts)}
        exact={exactQuantity('power', watts)}
        target={{ metric: 'energy', ...own }}
      >
        {rangeWords(
          'power',
          meanWatts(item.energy_low_joules, coveredSeconds),
          watts,
          meanWatts(item.energy_high_joules, coveredSeconds),
        )}
      </Cell>
      <Cell
        label="Carbon"
        certainty={certainty}
        parts={formatCarbon(carbon)}
        exact={exactQuantity('carbon', carbon)}
        target={{ metric: 'carbon', ...own }}
      >
        {rangeWords('carbon', MEASURES.carbon.low(item), carbon, MEASURES.carbon.high(item))}
      </Cell>
      <Cell label="CPU used" certainty={null} parts={shareParts(detail?.cpu_utilisation ?? null)}>
        {cpuWords(detail)}
      </Cell>
      <Cell
        label="Unallocated"
        certainty={certainty}
        parts={shareParts(spare)}
        target={{ metric: 'energy', ...own, namespace: '__unallocated__' }}
      >
        {spareWords(item.parts.unallocated_joules, coveredSeconds, spareCost, currency)}
      </Cell>
    </section>
  );
}

function shareParts(share: number | null): Parts {
  if (share === null) return NO_DATA;
  const [value = '', unit = ''] = formatPercent(share).split(' ');
  return { value, unit };
}

function rangeWords(kind: 'power' | 'carbon', low: number | null, value: number | null, high: number | null): string {
  return value === null || value <= 0 ? '' : formatRange(low, high, chooseUnit(kind, value), value);
}

function cpuWords(detail: NodeDetail | undefined): string {
  if (detail === undefined) return '';
  const cores = joinParts(formatCpu(detail.node.cpu_capacity)).replace(/\.00?(?= )/, '');
  const reserved = detail.reserved_cpu_share === null ? '' : `, ${formatPercent(detail.reserved_cpu_share)} reserved`;
  return `of ${cores}${reserved}`;
}

/** `6.7 W, €10.90`: spare capacity in watts and, where its row was loaded, in money. */
function spareWords(joules: number, coveredSeconds: number, cost: number | null, currency: string): string {
  const watts = meanWatts(joules, coveredSeconds);
  if (watts === null) return '';
  const money = cost === null ? '' : `, ${joinParts(formatMoney(cost, currency))}`;
  return `${joinParts(formatPower(watts))}${money}`;
}

interface CellProps {
  readonly label: string;
  readonly certainty: Certainty | null;
  readonly parts: Parts;
  readonly exact?: string;
  /** What it is explained by; left out for what is only read. */
  readonly target?: TargetOf;
  readonly children: ReactNode;
}

function Cell({ label, certainty, parts, exact, target, children }: CellProps) {
  const value = (
    <>
      {parts.value}
      {parts.unit !== '' && (
        <span className="ml-1 text-small font-regular tracking-normal text-fg-2">{parts.unit}</span>
      )}
    </>
  );
  return (
    <div className="relative min-w-0 bg-surface-1 px-4 py-2.5" data-figure="">
      <div className="flex items-center gap-1.5 text-small font-medium text-fg-2">
        {label}
        <Mark certainty={certainty} />
      </div>
      <div
        className={parts.unit === '' ? 'text-figure-s text-fg-3' : 'text-figure-s font-strong tabular-nums'}
        title={exact}
      >
        {target === undefined || parts === NO_DATA ? (
          value
        ) : (
          <ExplainButton target={target} figure={`${label} ${joinParts(parts)}`} exact={exact} covers>
            {value}
          </ExplainButton>
        )}
      </div>
      <div className="truncate text-small text-fg-3 tabular-nums">{children}</div>
    </div>
  );
}
