import type * as z from 'zod';
import type { EstimatedSavings } from '../../../../contract/schemas/recommendations.ts';
import { threeDigits } from '../../../format/digits.ts';
import { formatMemory } from '../../../format/quantity.ts';
import { type DayRange, type Per, savingText } from '../../../format/savings.ts';
import { chooseUnit } from '../../../format/units.ts';
import { carbonUnit } from '../amounts.ts';

type Savings = z.infer<typeof EstimatedSavings>;

/** What becomes free now, and what it saves in carbon and money, each with what it depends on. */
export function EffectFigures({ savings, per, currency }: { savings: Savings; per: Per; currency: string }) {
  const unit = carbonUnit([savings.co2e_grams_per_day_range], per);
  const money = chooseUnit('money', null, currency);
  const condition = (range: DayRange): string =>
    range.high === 0 ? 'nothing stops' : savings.needs_node_to_go ? 'if a node goes' : 'for what stops';
  const embodied = savings.embodied_co2e_grams_per_day_range;
  const made = carbonUnit([embodied], per);
  return (
    <div className="grid shrink-0 grid-cols-[1fr_1.1fr_1.2fr] rounded-2 border border-line">
      <Freed savings={savings} />
      <Figure
        name={`Carbon a ${per}`}
        value={savingText(savings.co2e_grams_per_day_range, per, unit)}
        unit={unit.label}
        note={
          embodied.high > 0
            ? `${condition(savings.co2e_grams_per_day_range)}; manufacture ${savingText(embodied, per, made)} ${made.symbol} apart`
            : condition(savings.co2e_grams_per_day_range)
        }
      />
      <Figure
        name={`Cost a ${per}`}
        value={`${money.symbol}${savingText(savings.cost_per_day_range, per, money)}`}
        unit=""
        note={condition(savings.cost_per_day_range)}
      />
    </div>
  );
}

function Freed({ savings }: { savings: Savings }) {
  const cpu = savings.freed_cpu_millicores;
  const memory = savings.freed_memory_bytes;
  if (cpu <= 0 && memory <= 0) return <Figure name="Frees now" value="0" unit="" note="no reserved capacity" />;
  const bytes = formatMemory(memory);
  const parts = [
    ...(cpu > 0 ? [{ value: threeDigits(cpu / 1000), unit: 'cores' }] : []),
    ...(memory > 0 ? [{ value: bytes.value, unit: bytes.unit }] : []),
  ];
  const [first, second] = parts;
  return (
    <Figure
      name="Frees now"
      value={first?.value ?? ''}
      unit={`${first?.unit ?? ''}${second === undefined ? '' : `, ${second.value} ${second.unit}`}`}
      note="reserved, certain"
    />
  );
}

function Figure({ name, value, unit, note }: { name: string; value: string; unit: string; note: string }) {
  return (
    <div className="min-w-0 border-l border-line px-2.5 py-2 first:border-l-0">
      <div className="text-micro font-medium text-fg-2">{name}</div>
      <div className="text-[16px] leading-6 font-strong tracking-[-0.01em] tabular-nums">
        {value}
        {unit !== '' && <span className="ml-1 text-small font-regular tracking-normal text-fg-2">{unit}</span>}
      </div>
      <div className="text-micro text-fg-3">{note}</div>
    </div>
  );
}
