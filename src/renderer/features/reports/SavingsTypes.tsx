import { MIXED_CURRENCY } from '../../../contract/schemas/primitives.ts';
import type { SavingsReport } from '../../../contract/schemas/recommendations.ts';
import { TYPE_NAMES } from '../../figures/recommendation-names.ts';
import { formatCount } from '../../format/digits.ts';
import { exactQuantity, formatIn, formatMoney } from '../../format/quantity.ts';
import { chooseUnit } from '../../format/units.ts';
import { Body, Cell, Foot, Head, HeadCell, Row, Table } from '../../ui/Table.tsx';

/** Promised and measured by type of recommendation; the foot is the whole range. */
export function SavingsTypes({ report }: { report: SavingsReport }) {
  const unit = chooseUnit(
    'carbon',
    Math.max(Math.abs(report.promised_co2e_grams), Math.abs(report.measured_co2e_grams)),
  );
  const isMixed = report.currency === MIXED_CURRENCY;
  // Zero of nothing measured is no figure.
  const isMeasured = report.measured_co2e_grams !== 0 || report.days.some((day) => day.measured_co2e_grams !== null);
  const money = (value: number): string => (isMixed ? 'mixed' : formatMoney(value, report.currency).value);
  return (
    <Table label="Savings by type" className="mt-3">
      <Head>
        <HeadCell className="first:pl-0">Type</HeadCell>
        <HeadCell numeric>Applied</HeadCell>
        <HeadCell numeric>Promised, {unit.label}</HeadCell>
        <HeadCell numeric>Measured, {unit.symbol}</HeadCell>
        <HeadCell numeric>Promised cost</HeadCell>
        <HeadCell numeric>Measured cost</HeadCell>
      </Head>
      <Body>
        {report.by_type.map((line) => (
          <Row key={line.type}>
            <Cell className="first:pl-0">{TYPE_NAMES[line.type]}</Cell>
            <Cell numeric className="text-fg-2">
              {formatCount(line.count)}
            </Cell>
            <Cell numeric className="text-fg-3" title={exactQuantity('carbon', line.promised_co2e_grams)}>
              {formatIn(unit, line.promised_co2e_grams)}
            </Cell>
            <Cell
              numeric
              className="font-medium"
              title={isMeasured ? exactQuantity('carbon', line.measured_co2e_grams) : undefined}
            >
              {isMeasured ? formatIn(unit, line.measured_co2e_grams) : 'not yet'}
            </Cell>
            <Cell numeric className="text-fg-3">
              {money(line.promised_cost)}
            </Cell>
            <Cell numeric>{isMeasured ? money(line.measured_cost) : 'not yet'}</Cell>
          </Row>
        ))}
      </Body>
      <Foot>
        <Cell className="first:pl-0">All</Cell>
        <Cell numeric>{formatCount(report.count)}</Cell>
        <Cell numeric>{formatIn(unit, report.promised_co2e_grams)}</Cell>
        <Cell numeric>{isMeasured ? formatIn(unit, report.measured_co2e_grams) : 'not yet'}</Cell>
        <Cell numeric>{money(report.promised_cost)}</Cell>
        <Cell numeric>{isMeasured ? money(report.measured_cost) : 'not yet'}</Cell>
      </Foot>
    </Table>
  );
}
