import { useNavigate } from '@tanstack/react-router';
import type { ClusterItem } from '../../../contract/schemas/contexts.ts';
import type { Summary } from '../../../contract/schemas/metrics.ts';
import { keptSearch } from '../../app/view/kept-search.ts';
import { gridColour } from '../../charts/grid-steps.ts';
import { formatChange, formatPercent } from '../../format/change.ts';
import { exactQuantity, formatIn, formatMoney, formatRange } from '../../format/quantity.ts';
import { formatCoverage } from '../../format/time.ts';
import { chooseUnit, currencySymbol } from '../../format/units.ts';
import { Delta } from '../../ui/Delta.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { Swatch } from '../../ui/Swatch.tsx';
import { Body, Cell, Foot, Head, HeadCell, Row, Table } from '../../ui/Table.tsx';
import { WhiskerBar } from '../../ui/WhiskerBar.tsx';
import { monthTotals, totalsOf } from './totals.ts';
import type { Month } from './use-month.ts';

export interface ClusterRow {
  readonly cluster: ClusterItem;
  readonly summary: Summary;
}

/** Clusters side by side, on one scale. Opens the overview of a cluster. */
export function AllClustersTable({ rows, month, note }: { rows: readonly ClusterRow[]; month: Month; note: string }) {
  const navigate = useNavigate();
  const sorted = [...rows].sort((a, b) => b.summary.total_co2e_all_scopes - a.summary.total_co2e_all_scopes);
  const max = Math.max(0, ...rows.map((row) => row.summary.total_co2e_all_scopes_high));
  const carbon = chooseUnit('carbon', Math.max(0, ...rows.map((row) => row.summary.total_co2e_all_scopes)));
  const energy = chooseUnit('energy', Math.max(0, ...rows.map((row) => row.summary.total_facility_energy_joules)));
  const totals = totalsOf(rows.map((row) => row.summary));
  const months = monthTotals(
    rows.map(({ cluster }) => cluster),
    month,
  );
  const monthUnit = chooseUnit('carbon', months.mostGrams);
  return (
    <Panel title="All collecting clusters" note={note} padded={false} bodyClassName="overflow-x-auto">
      <Table label="All collecting clusters">
        <Head>
          <HeadCell>Cluster</HeadCell>
          <HeadCell numeric>Grid, g/kWh</HeadCell>
          <HeadCell numeric>{carbon.label}</HeadCell>
          <HeadCell>Low to high</HeadCell>
          <HeadCell numeric>Change</HeadCell>
          <HeadCell numeric>{energy.label}</HeadCell>
          <HeadCell numeric>{totals.currency === null ? 'Cost' : currencySymbol(totals.currency)}</HeadCell>
          <HeadCell numeric>{`${month.name}, ${monthUnit.label}`}</HeadCell>
          <HeadCell
            numeric
          >{`${month.name}, ${totals.currency === null ? 'cost' : currencySymbol(totals.currency)}`}</HeadCell>
          <HeadCell numeric>Unallocated</HeadCell>
          <HeadCell numeric>Collected</HeadCell>
        </Head>
        <Body>
          {sorted.map(({ cluster, summary }) => {
            const grams = summary.total_co2e_all_scopes;
            const range = formatRange(
              summary.total_co2e_all_scopes_low,
              summary.total_co2e_all_scopes_high,
              carbon,
              grams,
            );
            const money = (cost: number | null | undefined) =>
              totals.currency === null ? formatMoney(cost, summary.currency).value : bareMoney(cost, summary.currency);
            const known = month.figures?.get(cluster.id);
            return (
              <Row
                key={cluster.id}
                roomy
                onOpen={() =>
                  void navigate({
                    to: '/',
                    search: (before: Record<string, unknown>) => ({ ...keptSearch(before), cluster: cluster.id }),
                  })
                }
              >
                <Cell className="font-medium">{cluster.name}</Cell>
                <Cell numeric>
                  {summary.mean_grid_intensity === null ? (
                    'no data'
                  ) : (
                    <span className="inline-flex items-center gap-2">
                      <Swatch colour={gridColour(summary.mean_grid_intensity)} />
                      {Math.round(summary.mean_grid_intensity)}
                    </span>
                  )}
                </Cell>
                <Cell numeric className="font-medium">
                  {formatIn(carbon, grams)}
                </Cell>
                <Cell title={range}>
                  <WhiskerBar
                    value={grams}
                    low={summary.total_co2e_all_scopes_low}
                    high={summary.total_co2e_all_scopes_high}
                    max={max}
                    label={`${formatIn(carbon, grams)} ${carbon.label}, between ${range.replace('–', ' and ')}`}
                  />
                </Cell>
                <Cell numeric>
                  <Delta
                    change={formatChange(grams, summary.previous?.total_co2e_all_scopes)}
                    otherwise="no data before"
                  />
                </Cell>
                <Cell numeric className="text-fg-2">
                  {formatIn(energy, summary.total_facility_energy_joules)}
                </Cell>
                <Cell numeric className="text-fg-2">
                  {money(summary.total_cost)}
                </Cell>
                <Cell numeric className="text-fg-2" title={exactQuantity('carbon', known?.grams)}>
                  {formatIn(monthUnit, known?.grams)}
                </Cell>
                <Cell numeric className="text-fg-2" title={exactQuantity('money', known?.cost, summary.currency)}>
                  {money(known?.cost)}
                </Cell>
                <Cell numeric className="text-fg-2">
                  {grams > 0 ? formatPercent(summary.unallocated_co2e_grams / grams) : 'no data'}
                </Cell>
                <Cell numeric className="text-fg-2">
                  {formatCoverage(summary.covered_seconds, summary.expected_seconds)}
                </Cell>
              </Row>
            );
          })}
        </Body>
        {rows.length > 1 && (
          <Foot>
            <Cell>{rows.length} clusters</Cell>
            <Cell />
            <Cell numeric>{formatIn(carbon, totals.grams)}</Cell>
            <Cell className="font-regular tabular-nums">
              {formatRange(totals.low, totals.high, carbon, totals.grams)}
            </Cell>
            <Cell numeric>
              <Delta change={formatChange(totals.grams, totals.gramsBefore)} />
            </Cell>
            <Cell numeric>{formatIn(energy, totals.joules)}</Cell>
            <Cell numeric>{totals.currency === null ? 'mixed' : bareMoney(totals.cost, totals.currency)}</Cell>
            <Cell numeric>{formatIn(monthUnit, months.grams)}</Cell>
            <Cell numeric>{totals.currency === null ? 'mixed' : bareMoney(months.cost, totals.currency)}</Cell>
            <Cell />
            <Cell />
          </Foot>
        )}
      </Table>
    </Panel>
  );
}

/** Where the header has the symbol. */
function bareMoney(cost: number | null | undefined, currency: string): string {
  return formatMoney(cost, currency).value.replace(currencySymbol(currency), '');
}
