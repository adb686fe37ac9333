import type { ReactNode } from 'react';
import type { Breakdown, BreakdownItem } from '../../../contract/schemas/metrics.ts';
import { OTHER_PAINT, type Paint, paintOf } from '../../charts/paint.ts';
import { SeriesSwatch } from '../../charts/Swatch.tsx';
import { ExplainButton } from '../../figures/explain/ExplainButton.tsx';
import type { TargetOf } from '../../figures/explain/target.ts';
import { exactQuantity, formatIn } from '../../format/quantity.ts';
import { certaintyOf, Mark } from '../../ui/Mark.tsx';
import { Body, Cell, Foot, Head, HeadCell, Row, type SortOrder, Table } from '../../ui/Table.tsx';
import { type CellFacts, cellContent, unitOf } from './cells.tsx';
import { COLUMNS, type ColumnId } from './columns.ts';
import { type ExploreGroup, GROUP_NAMES } from './level.ts';
import { rowName } from './row-name.ts';

type Sort = NonNullable<(typeof COLUMNS)[ColumnId]['sort']>;

interface Props {
  readonly items: readonly BreakdownItem[];
  readonly total: Breakdown['total'];
  readonly totalName: string;
  readonly currency: string;
  readonly group: ExploreGroup;
  /** Where rows of several namespaces stand together. */
  readonly showsNamespace: boolean;
  readonly columns: readonly ColumnId[];
  readonly facts: CellFacts;
  readonly colours: ReadonlyMap<string, Paint>;
  readonly sort: { readonly sort: Sort; readonly order: SortOrder };
  readonly onSort: (sort: Sort) => void;
  /** What the figures of the total are explained by; null for a total that no filter says. */
  readonly totalTarget: Omit<TargetOf, 'metric'> | null;
  readonly targetOf: (item: BreakdownItem) => Omit<TargetOf, 'metric'> | null;
  /** Null where a row has nothing below it. */
  readonly onOpen: (item: BreakdownItem) => (() => void) | null;
}

const SORT_OF: Readonly<Record<CellFacts['measure']['metric'], Sort>> = {
  carbon: 'co2e',
  energy: 'energy',
  cost: 'cost',
};
/** Columns whose figures can be explained; parts of carbon are steps of carbon. */
const METRIC_OF: Partial<Record<ColumnId, TargetOf['metric']>> = {
  carbon: 'carbon',
  energy: 'energy',
  cost: 'cost',
  operational: 'carbon',
  embodied: 'carbon',
};
const DETAILED: readonly ColumnId[] = ['carbon', 'energy', 'cost', 'operational', 'embodied'];

/** The groups of a level as rows; the last row is the total of the filter, not only of what is loaded. */
export function ExploreTable(props: Props) {
  const { items, total, group, columns, facts, sort } = props;
  const unit = unitOf(facts);
  const order = (column: Sort): SortOrder | null => (sort.sort === column ? sort.order : null);
  const metricSort = SORT_OF[facts.measure.metric];
  return (
    <Table label={GROUP_NAMES[group].many}>
      <Head>
        <HeadCell sorted={order('name')} onSort={() => props.onSort('name')}>
          {GROUP_NAMES[group].one}
        </HeadCell>
        <HeadCell numeric sorted={order(metricSort)} onSort={() => props.onSort(metricSort)}>
          {unit.label}
        </HeadCell>
        {columns.map((id) => (
          <ColumnHead key={id} id={id} facts={facts} order={order} onSort={props.onSort} />
        ))}
      </Head>
      <Body>
        {items.map((item) => (
          <ItemRow key={`${item.cluster_id ?? ''} ${item.namespace ?? ''} ${item.key}`} item={item} {...props} />
        ))}
      </Body>
      <Foot>
        <Cell>{props.totalName}</Cell>
        <Cell numeric>
          <Explained
            target={props.totalTarget}
            metric={facts.measure.metric}
            figure={`${facts.measure.name} of ${props.totalName}, ${formatIn(unit, facts.measure.value(total))} ${unit.symbol}`}
            exact={exactQuantity(facts.measure.kind, facts.measure.value(total), props.currency)}
          >
            {formatIn(unit, facts.measure.value(total))}
          </Explained>
        </Cell>
        {columns.map((id) => (
          <Cell key={id} numeric={COLUMNS[id].numeric} className={COLUMNS[id].numeric ? '' : 'font-regular text-fg-2'}>
            {cellContent(id, total, facts, null)}
          </Cell>
        ))}
      </Foot>
    </Table>
  );
}

interface HeadProps {
  readonly id: ColumnId;
  readonly facts: CellFacts;
  readonly order: (column: Sort) => SortOrder | null;
  readonly onSort: (sort: Sort) => void;
}

function ColumnHead({ id, facts, order, onSort }: HeadProps) {
  const { label, numeric, sort } = COLUMNS[id];
  const text = headText(id, label, facts);
  if (sort === null) return <HeadCell numeric={numeric}>{text}</HeadCell>;
  return (
    <HeadCell numeric={numeric} sorted={order(sort)} onSort={() => onSort(sort)}>
      {text}
    </HeadCell>
  );
}

/** Units stand in the header, not in the cells. */
function headText(id: ColumnId, label: string, { units }: CellFacts): string {
  switch (id) {
    case 'carbon':
      return units.carbon.label;
    case 'energy':
      return units.energy.label;
    case 'cost':
      return units.money.label;
    case 'operational':
    case 'embodied':
      return `${label}, ${units.carbon.symbol}`;
    case 'memory':
      return `${label}, ${units.memory.symbol}`;
    default:
      return label;
  }
}

function ItemRow(props: Props & { readonly item: BreakdownItem }) {
  const { item, group, columns, facts, colours, currency, onOpen } = props;
  const name = rowName(item, group);
  const paint =
    colours.get(item.key) ??
    (item.row_kind === 'pod' || group === 'node'
      ? OTHER_PAINT
      : paintOf(item.row_kind === 'volume' ? 'storage' : item.row_kind, 0));
  const open = onOpen(item);
  const { measure } = facts;
  const target = props.targetOf(item);
  return (
    <Row label={name} {...(open === null ? {} : { onOpen: open })}>
      <Cell>
        <span className="flex items-center gap-2">
          <Mark certainty={certaintyOf(item.quality)} />
          <SeriesSwatch paint={paint} />
          <span className="max-w-80 truncate font-medium" title={name}>
            {name}
          </span>
          {props.showsNamespace &&
            (group === 'workload' || group === 'pod') &&
            item.namespace !== null &&
            item.row_kind === 'pod' && <span className="max-w-40 truncate text-fg-3">{item.namespace}</span>}
        </span>
      </Cell>
      <Cell numeric className="font-medium">
        <Explained
          target={target}
          metric={measure.metric}
          figure={`${measure.name} of ${name}, ${formatIn(unitOf(facts), measure.value(item))} ${unitOf(facts).symbol}`}
          exact={exactQuantity(measure.kind, measure.value(item), currency)}
        >
          {formatIn(unitOf(facts), measure.value(item))}
        </Explained>
      </Cell>
      {columns.map((id) => {
        const content = cellContent(id, item, facts, { item, name, colour: paint.colour });
        const metric = METRIC_OF[id];
        const { title } = exactTitle(id, item, currency);
        return (
          <Cell key={id} numeric={COLUMNS[id].numeric} className="text-fg-2">
            {metric === undefined ? (
              content
            ) : (
              <Explained target={target} metric={metric} figure={`${COLUMNS[id].label} of ${name}`} exact={title} quiet>
                {content}
              </Explained>
            )}
          </Cell>
        );
      })}
    </Row>
  );
}

function Explained(props: {
  readonly target: Omit<TargetOf, 'metric'> | null;
  readonly metric: TargetOf['metric'];
  readonly figure: string;
  readonly exact: string | undefined;
  readonly quiet?: boolean;
  readonly children: ReactNode;
}) {
  const { target, metric, children, ...rest } = props;
  if (target === null) return <span title={props.exact}>{children}</span>;
  return (
    <ExplainButton target={{ ...target, metric }} {...rest}>
      {children}
    </ExplainButton>
  );
}

function exactTitle(id: ColumnId, item: BreakdownItem, currency: string): { title?: string } {
  if (!DETAILED.includes(id)) return {};
  switch (id) {
    case 'energy':
      return { title: exactQuantity('energy', item.facility_energy_joules) };
    case 'cost':
      return { title: exactQuantity('money', item.total_cost, currency) };
    case 'operational':
      return { title: exactQuantity('carbon', item.co2e_grams) };
    case 'embodied':
      return { title: exactQuantity('carbon', item.embodied_co2e_grams) };
    default:
      return { title: exactQuantity('carbon', item.co2e_grams + item.embodied_co2e_grams) };
  }
}
