import type { Figures, UsageFigures } from '../../../contract/schemas/figures.ts';
import type { BreakdownItem } from '../../../contract/schemas/metrics.ts';
import type { Measure } from '../../charts/measure.ts';
import { Sparkline } from '../../charts/Sparkline.tsx';
import { trendWords } from '../../figures/trends.ts';
import { formatChange, formatPercent } from '../../format/change.ts';
import { formatCount, threeDigits } from '../../format/digits.ts';
import { formatIn, formatRange } from '../../format/quantity.ts';
import type { Unit } from '../../format/units.ts';
import { Delta } from '../../ui/Delta.tsx';
import { WhiskerBar } from '../../ui/WhiskerBar.tsx';
import type { ColumnId } from './columns.ts';
import type { TableUnits } from './table-units.ts';

/** What all cells of the table need to know. */
export interface CellFacts {
  readonly measure: Measure;
  readonly units: TableUnits;
  /** The filter's total in the metric; shares are of it. */
  readonly total: number;
  /** Largest upper bound of the rows: the scale of the whisker cells. */
  readonly highest: number;
  readonly trends: ReadonlyMap<string, readonly (number | null)[]> | undefined;
}

/** The unit of the metric's own column. */
export function unitOf(facts: Pick<CellFacts, 'measure' | 'units'>): Unit {
  switch (facts.measure.metric) {
    case 'carbon':
      return facts.units.carbon;
    case 'energy':
      return facts.units.energy;
    case 'cost':
      return facts.units.money;
  }
}

type Counted = Figures & { readonly usage: UsageFigures; readonly previous: Figures | null };

/** What a column says of a row, or of the total (`name` null). */
export function cellContent(
  id: ColumnId,
  item: Counted,
  facts: CellFacts,
  row: { item: BreakdownItem; name: string; colour: string } | null,
) {
  const { measure, units } = facts;
  const unit = unitOf(facts);
  const value = measure.value(item);
  switch (id) {
    case 'kind':
      return row?.item.row_kind === 'pod' ? (row.item.owner_kind ?? 'Pod') : '';
    case 'range': {
      const words = formatRange(measure.low(item), measure.high(item), unit, value);
      if (row === null) return words;
      return (
        <WhiskerBar
          value={value}
          low={measure.low(item)}
          high={measure.high(item)}
          max={facts.highest}
          colour={row.colour}
          label={`${formatIn(unit, value)}, between ${words.replace('–', ' and ')}`}
        />
      );
    }
    case 'share':
      return facts.total > 0 ? formatPercent(value / facts.total) : '';
    case 'change':
      return <Delta change={item.previous === null ? null : formatChange(value, measure.value(item.previous))} />;
    case 'carbon':
      return formatIn(units.carbon, item.co2e_grams + item.embodied_co2e_grams);
    case 'energy':
      return formatIn(units.energy, item.facility_energy_joules);
    case 'cost':
      return formatIn(units.money, item.total_cost);
    case 'cpu':
      return (
        <Used
          used={item.usage.cpu_usage_millicores / 1000}
          requested={item.usage.cpu_request_millicores / 1000}
          what="cores"
          bar={row !== null}
        />
      );
    case 'memory':
      return (
        <Used
          used={item.usage.memory_usage_bytes / units.memory.size}
          requested={item.usage.memory_request_bytes / units.memory.size}
          what={units.memory.symbol}
          bar={row !== null}
        />
      );
    case 'pods':
      return row !== null && row.item.row_kind !== 'pod' ? '' : formatCount(item.pod_count);
    case 'operational':
      return formatIn(units.carbon, item.co2e_grams);
    case 'embodied':
      return formatIn(units.carbon, item.embodied_co2e_grams);
    case 'trend': {
      const values = row === null ? undefined : facts.trends?.get(row.item.key);
      return values === undefined || row === null ? (
        ''
      ) : (
        <Sparkline values={values} label={trendWords(row.name, values)} />
      );
    }
  }
}

/** Used of requested as a bar and two numbers; without a request there is nothing to fill. */
function Used({
  used,
  requested,
  what,
  bar,
}: {
  readonly used: number;
  readonly requested: number;
  readonly what: string;
  readonly bar: boolean;
}) {
  if (used <= 0 && requested <= 0) return null;
  const share = requested > 0 ? Math.min(1, used / requested) : 1;
  const over = requested > 0 && used > requested;
  const words =
    requested > 0 ? `${threeDigits(used)} / ${threeDigits(requested)}` : `${threeDigits(used)}, none requested`;
  return (
    <span className="flex items-center gap-2" title={`${words} ${what}`}>
      {bar && (
        <span
          aria-hidden="true"
          className="h-1.5 w-14 overflow-hidden rounded-[1px] bg-surface-2 ring-1 ring-inset ring-line"
        >
          <i
            className={`block h-full ${over ? 'bg-warn-fill' : 'bg-fg-3'}`}
            style={{ width: requested > 0 ? `${share * 100}%` : 0 }}
          />
        </span>
      )}
      <span className="text-fg-2 tabular-nums">
        {words}
        {!bar && ` ${what}`}
      </span>
    </span>
  );
}
