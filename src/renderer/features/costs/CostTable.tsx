import type { CostLine, CostLines } from '../../../contract/schemas/budgets.ts';
import { MIXED_CURRENCY } from '../../../contract/schemas/primitives.ts';
import { formatCount, threeDigits } from '../../format/digits.ts';
import { joinParts } from '../../format/parts.ts';
import { exactQuantity, formatIn, formatMoney } from '../../format/quantity.ts';
import { chooseUnit } from '../../format/units.ts';
import { Swatch } from '../../ui/Swatch.tsx';
import { Body, Cell, Foot, Head, HeadCell, Row, Table } from '../../ui/Table.tsx';
import { type Grouping, lineName, lineNote } from './line-words.ts';

const PARTS = [
  ['CPU', 'cpu_cost'],
  ['Memory', 'memory_cost'],
  ['GPU', 'gpu_cost'],
  ['Storage', 'storage_cost'],
  ['Network', 'network_cost'],
] as const satisfies readonly (readonly [string, keyof CostLine])[];

const grams = (line: Pick<CostLine, 'co2e_grams' | 'embodied_co2e_grams'>): number =>
  line.co2e_grams + line.embodied_co2e_grams;

/** Lines with their costs by resource; the foot is their sum. */
export function CostTable(props: {
  data: CostLines;
  by: Grouping;
  clusterName: (id: string) => string;
  showsCluster: boolean;
}) {
  const { data, by } = props;
  const { currency, lines } = data;
  const money = (value: number): string => joinParts(formatMoney(value, currency));
  const carbon = chooseUnit('carbon', Math.max(0, ...lines.map(grams)));
  const showsCluster = by === 'namespace' && props.showsCluster;
  const sum = (of: (line: CostLine) => number): number => lines.reduce((total, line) => total + of(line), 0);
  return (
    <Table label="Costs">
      <Head>
        <HeadCell>{by === 'namespace' ? 'Namespace' : by === 'team' ? 'Team' : 'Cost center'}</HeadCell>
        {showsCluster && <HeadCell>Cluster</HeadCell>}
        {by === 'namespace' && <HeadCell>Team</HeadCell>}
        {by === 'namespace' && <HeadCell>Cost center</HeadCell>}
        <HeadCell numeric>Cost</HeadCell>
        {PARTS.map(([name]) => (
          <HeadCell key={name} numeric>
            {name}
          </HeadCell>
        ))}
        <HeadCell numeric>Core-hours</HeadCell>
        <HeadCell numeric>Memory GB-hours</HeadCell>
        <HeadCell numeric>{carbon.label}</HeadCell>
      </Head>
      <Body>
        {lines.map((line) => (
          <Row key={`${line.line} ${line.cluster ?? ''} ${line.key ?? ''}`}>
            <Cell className="max-w-70 truncate font-medium" title={lineNote(line)}>
              <span className="inline-flex items-center gap-2">
                {line.line === 'idle' && <Swatch kind="hatch" />}
                {lineName(line, by)}
              </span>
            </Cell>
            {showsCluster && <Cell className="text-fg-2">{props.clusterName(line.cluster ?? '')}</Cell>}
            {by === 'namespace' && <Cell className="text-fg-2">{line.team ?? ''}</Cell>}
            {by === 'namespace' && <Cell className="text-fg-2">{line.cost_center ?? ''}</Cell>}
            <Cell numeric className="font-medium" title={exactQuantity('money', line.total_cost, currency)}>
              {money(line.total_cost)}
            </Cell>
            {PARTS.map(([name, field]) => (
              <Cell key={name} numeric className="text-fg-2" title={exactQuantity('money', line[field], currency)}>
                {money(line[field])}
              </Cell>
            ))}
            <Cell numeric className="text-fg-2">
              {threeDigits(line.cpu_core_hours)}
            </Cell>
            <Cell numeric className="text-fg-2">
              {threeDigits(line.memory_gb_hours)}
            </Cell>
            <Cell numeric title={exactQuantity('carbon', grams(line))}>
              {formatIn(carbon, grams(line))}
            </Cell>
          </Row>
        ))}
      </Body>
      <Foot>
        <Cell>{lines.length === 1 ? '1 line' : `${formatCount(lines.length)} lines`}</Cell>
        {showsCluster && <Cell />}
        {by === 'namespace' && <Cell />}
        {by === 'namespace' && <Cell />}
        <Cell numeric title={exactQuantity('money', data.total_cost, currency)}>
          {currency === MIXED_CURRENCY ? 'mixed' : money(data.total_cost)}
        </Cell>
        {PARTS.map(([name, field]) => (
          <Cell key={name} numeric>
            {currency === MIXED_CURRENCY ? '' : money(sum((line) => line[field]))}
          </Cell>
        ))}
        <Cell numeric>{threeDigits(sum((line) => line.cpu_core_hours))}</Cell>
        <Cell numeric>{threeDigits(sum((line) => line.memory_gb_hours))}</Cell>
        <Cell numeric>{formatIn(carbon, grams(data))}</Cell>
      </Foot>
    </Table>
  );
}
