import type { RecommendationItem, RecommendationList } from '../../contract/schemas/recommendations.ts';
import { grams, money } from './amounts.ts';
import { type Column, formatTable, printable } from './text-table.ts';

const columns = (currency: string): readonly Column<RecommendationItem>[] => [
  { title: 'SEVERITY', text: ({ severity }) => severity },
  { title: 'TYPE', text: ({ type }) => type },
  { title: 'NAMESPACE', text: ({ namespace }) => namespace ?? '' },
  { title: 'RESOURCE', text: ({ resource }) => resource },
  { title: 'CO2e g/day', align: 'right', text: ({ estimated_savings: saved }) => grams(saved.co2e_grams_per_day) },
  { title: `${currency}/day`, align: 'right', text: ({ estimated_savings: saved }) => money(saved.cost_per_day) },
  { title: 'SURE', text: ({ confidence }) => confidence },
  { title: 'WHAT', text: ({ title }) => title },
];

/** What could be saved, then the sum of the whole list, which counts nothing twice. */
export function formatRecommendations(found: RecommendationList): string {
  const { recommendations, savings, currency, total, notices, analysed_at: at } = found;
  const parts: string[] = [];
  if (recommendations.length > 0) parts.push(formatTable(columns(currency), recommendations));
  else parts.push(at === null ? 'Nothing was analysed yet.\n' : 'There is nothing to recommend.\n');
  if (savings !== null && recommendations.length > 0) {
    const { co2e_grams_per_day: co2e, embodied_co2e_grams_per_day: embodied, cost_per_day: cost } = savings;
    const sums = [
      `${range(co2e, grams)} g CO2e`,
      `${range(embodied, grams)} g embodied`,
      `${range(cost, money)} ${currency}`,
    ];
    const nodes = savings.nodes_that_can_go;
    const going = nodes === 0 ? '' : ` ${nodes === 1 ? '1 node' : `${nodes} nodes`} can go.`;
    parts.push(`${total} in all. Followed together, each day: ${sums.join(' · ')}.${going}\n`);
  }
  if (notices.length > 0) {
    parts.push(
      notices.map(({ message, hint }) => printable(`${message}${hint === null ? '' : ` ${hint}`}`)).join('\n'),
    );
    parts.push('');
  }
  return parts.join('\n');
}

function range(
  { low, expected, high }: { low: number; expected: number; high: number },
  words: (value: number) => string,
): string {
  return `${words(expected)} (${words(low)} to ${words(high)})`;
}
