import type { ReportInput, ReportRow } from '../../../contract/schemas/reports.ts';
import { useClusters } from '../../app/clusters-query.ts';
import { useView } from '../../app/view/use-view.ts';
import { groupKind, groupLabel } from '../../charts/groups.ts';
import { exactQuantity, formatIn, formatMoney, formatRange } from '../../format/quantity.ts';
import { formatDate, formatDay, formatMoment, formatYear } from '../../format/time.ts';
import { chooseUnit } from '../../format/units.ts';
import { Body, Cell, Head, HeadCell, Row, Table } from '../../ui/Table.tsx';

interface Props {
  readonly rows: readonly ReportRow[];
  readonly group: ReportInput['group_by'];
  readonly isWhole: boolean;
  readonly byRow: boolean;
  readonly every: ReportInput['granularity'];
}

/** The first rows of the file, with one unit a column. */
export function PreviewTable({ rows, group, isWhole, byRow, every }: Props) {
  const { tz } = useView();
  const clusters = useClusters().data?.clusters ?? [];
  const hasCluster = rows.some((row) => row.cluster_id !== rows[0]?.cluster_id) || clusters.length > 1;
  const hasWorkload = byRow || group !== 'namespace';
  const hasPod = byRow || group === 'pod';
  const most = (of: (row: ReportRow) => number): number => Math.max(0, ...rows.map(of));
  const energy = chooseUnit(
    'energy',
    most((row) => row.facility_energy_joules),
  );
  const carbon = chooseUnit(
    'carbon',
    most((row) => row.co2e_high_grams),
  );
  return (
    <Table label={isWhole ? 'Rows' : 'First rows'}>
      <Head>
        <HeadCell>From</HeadCell>
        {hasCluster && <HeadCell>Cluster</HeadCell>}
        <HeadCell>Namespace</HeadCell>
        {hasWorkload && <HeadCell>Workload</HeadCell>}
        {hasPod && <HeadCell>Pod</HeadCell>}
        {hasPod && <HeadCell>Node</HeadCell>}
        <HeadCell numeric>{energy.label} before PUE</HeadCell>
        <HeadCell numeric>{energy.label} after</HeadCell>
        <HeadCell numeric>Operational, {carbon.label}</HeadCell>
        <HeadCell numeric>Low to high</HeadCell>
        <HeadCell numeric>Embodied, {carbon.symbol}</HeadCell>
        <HeadCell numeric>Cost</HeadCell>
      </Head>
      <Body>
        {rows.map((row) => (
          <Row
            key={`${row.period_start} ${row.cluster_id} ${row.namespace} ${row.owner_kind}/${row.owner_name} ${row.pod_name} ${row.node}`}
          >
            <Cell title={row.period_start}>{startText(row.period_start, byRow ? 'hourly' : every, tz)}</Cell>
            {hasCluster && (
              <Cell className="text-fg-2">
                {clusters.find(({ id }) => id === row.cluster_id)?.name ?? row.cluster_id}
              </Cell>
            )}
            <Cell>{row.namespace === null ? '' : groupLabel(groupKind(row.namespace), row.namespace, undefined)}</Cell>
            {hasWorkload && (
              <Cell className="max-w-60 truncate" title={`${row.owner_kind ?? ''} ${row.owner_name ?? ''}`}>
                {row.owner_name}
              </Cell>
            )}
            {hasPod && (
              <Cell className="max-w-60 truncate" title={row.pod_name ?? undefined}>
                {row.pod_name}
              </Cell>
            )}
            {hasPod && (
              <Cell className="max-w-40 truncate font-mono text-fg-2" title={row.node ?? undefined}>
                {row.node}
              </Cell>
            )}
            <Cell numeric className="text-fg-2" title={exactQuantity('energy', row.energy_joules)}>
              {formatIn(energy, row.energy_joules)}
            </Cell>
            <Cell numeric className="text-fg-2" title={exactQuantity('energy', row.facility_energy_joules)}>
              {formatIn(energy, row.facility_energy_joules)}
            </Cell>
            <Cell numeric className="font-medium" title={exactQuantity('carbon', row.co2e_grams)}>
              {formatIn(carbon, row.co2e_grams)}
            </Cell>
            <Cell numeric className="text-fg-3">
              {formatRange(row.co2e_low_grams, row.co2e_high_grams, carbon, row.co2e_grams)}
            </Cell>
            <Cell numeric className="text-fg-2" title={exactQuantity('carbon', row.embodied_co2e_grams)}>
              {formatIn(carbon, row.embodied_co2e_grams)}
            </Cell>
            <Cell numeric title={exactQuantity('money', row.total_cost, row.currency)}>
              {formatMoney(row.total_cost, row.currency).value}
            </Cell>
          </Row>
        ))}
      </Body>
    </Table>
  );
}

/** The start of a row's period as people write it; what is no instant stays as it is. */
export function startText(start: string, every: ReportInput['granularity'], tz: string): string {
  const at = Date.parse(start);
  if (!Number.isFinite(at)) return start;
  switch (every) {
    case 'hourly':
      return formatMoment(at, tz);
    case 'daily':
      return formatDay(at, tz);
    case 'weekly':
      return `week of ${formatDate(at, tz)}`;
    case 'monthly':
      return `${formatDate(at, tz).split(' ')[1] ?? ''} ${formatYear(at, tz)}`;
    case 'yearly':
      return formatYear(at, tz);
  }
}
