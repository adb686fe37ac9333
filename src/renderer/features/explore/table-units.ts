import type { Figures, UsageFigures } from '../../../contract/schemas/figures.ts';
import { MEASURES } from '../../charts/measure.ts';
import { chooseUnit, type Unit } from '../../format/units.ts';

/** One unit a column, chosen by its largest value. */
export interface TableUnits {
  readonly carbon: Unit;
  readonly energy: Unit;
  readonly money: Unit;
  readonly memory: Unit;
}

type Item = Figures & { readonly usage: UsageFigures };

export function unitsFor(items: readonly Item[], currency: string): TableUnits {
  const highest = (value: (item: Item) => number): number =>
    items.reduce((most, item) => Math.max(most, value(item)), 0);
  return {
    carbon: chooseUnit('carbon', highest(MEASURES.carbon.value)),
    energy: chooseUnit('energy', highest(MEASURES.energy.value)),
    money: chooseUnit('money', null, currency),
    memory: chooseUnit(
      'memory',
      highest((item) => Math.max(item.usage.memory_usage_bytes, item.usage.memory_request_bytes)),
    ),
  };
}
