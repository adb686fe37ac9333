import { useQuery } from '@tanstack/react-query';
import type { BreakdownItem } from '../../../contract/schemas/metrics.ts';
import { useNow } from '../../app/use-now.ts';
import { useView } from '../../app/view/use-view.ts';
import { MEASURES } from '../../charts/measure.ts';
import { OTHER_PAINT, type Paint } from '../../charts/paint.ts';
import { Sparkline } from '../../charts/Sparkline.tsx';
import { SeriesSwatch } from '../../charts/Swatch.tsx';
import { ExplainButton } from '../../figures/explain/ExplainButton.tsx';
import { GoButton } from '../../figures/GoButton.tsx';
import { filterOfKey } from '../../figures/group-filter.ts';
import { panelStateOf } from '../../figures/panel-state.tsx';
import { trendsByGroup, trendWords } from '../../figures/trends.ts';
import { useGo } from '../../figures/use-go.ts';
import { rangeSecondsOf, trendGranularityFor } from '../../figures/use-queries.ts';
import { useTallScreen } from '../../figures/use-tall-screen.ts';
import { formatChange } from '../../format/change.ts';
import { formatCount } from '../../format/digits.ts';
import { exactQuantity, formatIn, formatRange } from '../../format/quantity.ts';
import { chooseUnit } from '../../format/units.ts';
import { useApi } from '../../rpc/provider.tsx';
import { Delta } from '../../ui/Delta.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { certaintyOf, Mark } from '../../ui/Mark.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { Body, Cell, Head, HeadCell, Row, Table } from '../../ui/Table.tsx';
import { WhiskerBar } from '../../ui/WhiskerBar.tsx';
import { type WorkloadRow, workloadRows } from './workload-rows.ts';

const ROWS_ON_TALL_SCREENS = 10;
const ROWS = 7;
/** More than are shown: rows of machines stand among them, up to three a cluster. */
const ROWS_ASKED = 60;
const HIDE_NARROW = 'hidden mid:table-cell';

/** The workloads with most carbon: where, since when, how sure. */
export function TopWorkloads({ colours }: { readonly colours: ReadonlyMap<string, Paint> }) {
  const view = useView();
  const api = useApi();
  const nowMs = useNow();
  const isTall = useTallScreen();
  const query = useQuery(
    api.metrics.breakdown.queryOptions({
      input: { ...view.query, by: 'workload', limit: ROWS_ASKED, compare: view.compare },
    }),
  );
  const trend = useQuery(
    api.metrics.timeseries.queryOptions({
      input: { ...view.query, group_by: 'workload', top: 20, granularity: trendGranularityFor(rangeSecondsOf(view)) },
    }),
  );
  const trends = trend.data === undefined ? undefined : trendsByGroup(trend.data, MEASURES.carbon);
  const rows = workloadRows(query.data?.items ?? [], isTall ? ROWS_ON_TALL_SCREENS : ROWS);
  const compares = view.compare && rows.some((row) => (row.previousGrams ?? 0) > 0);
  const own = query.data?.items.filter((item) => item.row_kind !== 'pod').length ?? 0;
  const state = panelStateOf([query], {
    nowMs,
    tz: view.tz,
    empty: rows.length === 0 ? <EmptyState title="No workload ran in this range" /> : null,
  });
  const unit = chooseUnit('carbon', rows[0]?.carbonGrams);
  const energyUnit = chooseUnit('energy', Math.max(0, ...rows.map((row) => row.item.facility_energy_joules)));
  const currency = query.data?.currency ?? 'EUR';
  return (
    <Panel
      title="Top workloads"
      note={
        query.data === undefined || rows.length === 0
          ? undefined
          : `${formatCount(Math.max(0, query.data.total_items - own))} in all`
      }
      actions={
        <GoButton to="/explore" own={{ group: 'workload' }}>
          Open in Explore
        </GoButton>
      }
      state={state}
      padded={false}
      className="min-h-75"
    >
      <Table label="Workloads with most carbon">
        <Head>
          <HeadCell>Workload</HeadCell>
          <HeadCell className={HIDE_NARROW}>Namespace</HeadCell>
          <HeadCell numeric>{unit.label}</HeadCell>
          <HeadCell>Low to high</HeadCell>
          {compares && <HeadCell numeric>Change</HeadCell>}
          <HeadCell className={HIDE_NARROW}>Trend</HeadCell>
          <HeadCell numeric className={HIDE_NARROW}>
            {energyUnit.label}
          </HeadCell>
          <HeadCell numeric>{chooseUnit('money', null, currency).label}</HeadCell>
        </Head>
        <Body>
          {rows.map((row) => (
            <WorkloadLine
              key={row.key}
              row={row}
              paint={paintOfNamespace(colours, row.item)}
              trend={trends?.get(row.item.key)}
              highest={Math.max(...rows.map((each) => each.highGrams))}
              units={{ carbon: unit, energy: energyUnit, currency, compare: compares }}
            />
          ))}
        </Body>
      </Table>
    </Panel>
  );
}

/** Namespaces have the id of their cluster before them where several clusters are in the chart. */
function paintOfNamespace(colours: ReadonlyMap<string, Paint>, item: BreakdownItem): Paint {
  const namespace = item.namespace ?? '';
  return colours.get(namespace) ?? colours.get(`${item.cluster_id}/${namespace}`) ?? OTHER_PAINT;
}

interface LineProps {
  readonly row: WorkloadRow;
  readonly paint: Paint;
  readonly trend: readonly (number | null)[] | undefined;
  readonly highest: number;
  readonly units: {
    readonly carbon: ReturnType<typeof chooseUnit>;
    readonly energy: ReturnType<typeof chooseUnit>;
    readonly currency: string;
    readonly compare: boolean;
  };
}

function WorkloadLine({ row, paint, trend, highest, units }: LineProps) {
  const go = useGo();
  const { item } = row;
  const money = chooseUnit('money', null, units.currency);
  const amount = formatIn(units.carbon, row.carbonGrams);
  const range = formatRange(row.lowGrams, row.highGrams, units.carbon, row.carbonGrams);
  return (
    <Row
      label={`${row.name} in ${item.namespace ?? 'no namespace'}`}
      onOpen={() =>
        go('/explore', { namespace: item.namespace ?? undefined, workload: filterOfKey(item.key, 'workload').value })
      }
    >
      <Cell>
        <span className="flex items-center gap-2">
          <Mark certainty={certaintyOf(item.quality)} />
          <span className="max-w-60 truncate font-medium" title={`${item.owner_kind ?? 'Pod'} ${row.name}`}>
            {row.name}
          </span>
        </span>
      </Cell>
      <Cell className={`${HIDE_NARROW} text-fg-2`}>
        <span className="flex items-center gap-2">
          <SeriesSwatch paint={paint} />
          <span className="max-w-40 truncate">{item.namespace}</span>
        </span>
      </Cell>
      <Cell numeric className="font-medium">
        <ExplainButton
          target={{
            metric: 'carbon',
            cluster: item.cluster_id,
            namespace: item.namespace,
            workload: filterOfKey(item.key, 'workload').value,
          }}
          figure={`Carbon of ${row.name}, ${amount} ${units.carbon.symbol}`}
          exact={exactQuantity('carbon', row.carbonGrams)}
        >
          {amount}
        </ExplainButton>
      </Cell>
      <Cell>
        <WhiskerBar
          value={row.carbonGrams}
          low={row.lowGrams}
          high={row.highGrams}
          max={highest}
          colour={paint.colour}
          label={`${amount}, between ${range.replace('–', ' and ')}`}
        />
      </Cell>
      {units.compare && (
        <Cell numeric>
          <Delta change={formatChange(row.carbonGrams, row.previousGrams)} />
        </Cell>
      )}
      <Cell className={HIDE_NARROW}>
        {trend !== undefined && <Sparkline values={trend} label={trendWords(row.name, trend)} />}
      </Cell>
      <Cell numeric className={`${HIDE_NARROW} text-fg-2`} title={exactQuantity('energy', item.facility_energy_joules)}>
        {formatIn(units.energy, item.facility_energy_joules)}
      </Cell>
      <Cell numeric className="text-fg-2" title={exactQuantity('money', item.total_cost, units.currency)}>
        {formatIn(money, item.total_cost)}
      </Cell>
    </Row>
  );
}
