import { useSearchState } from '../../app/view/use-search-state.ts';
import { useView } from '../../app/view/use-view.ts';
import { ExplainButton } from '../../figures/explain/ExplainButton.tsx';
import { useGo } from '../../figures/use-go.ts';
import { formatCount } from '../../format/digits.ts';
import { exactQuantity, formatIn } from '../../format/quantity.ts';
import { chooseUnit } from '../../format/units.ts';
import { Panel } from '../../ui/Panel.tsx';
import { Body, Cell, Head, HeadCell, Row, Table } from '../../ui/Table.tsx';
import type { ReportProps } from './HeadPanel.tsx';
import { namedRungs, type RungColumn, RungSearch, sortRungs } from './node-rungs.ts';

const COLUMNS: readonly (readonly [RungColumn, string])[] = [
  ['node', 'Node'],
  ['type', 'Type'],
  ['power', 'Power'],
  ['cpu', 'CPU use'],
  ['intensity', 'Grid intensity'],
  ['embodied', 'Hardware'],
];

/** Which source each node's figures come from, at the end of the range. */
export function RungNodesPanel({ report, state }: ReportProps) {
  const view = useView();
  const go = useGo();
  const [search, setSearch] = useSearchState(RungSearch);
  const sort = search.sort ?? 'energy';
  const order = search.order ?? (sort === 'energy' ? 'desc' : 'asc');
  const nodes = sortRungs(report === undefined ? [] : namedRungs(report), sort, order);
  const unit = chooseUnit('energy', Math.max(0, ...nodes.map((node) => node.joules)));
  const by = (column: RungColumn): void =>
    setSearch(
      sort === column ? { sort: column, order: order === 'asc' ? 'desc' : 'asc' } : { sort: column, order: undefined },
    );
  return (
    <Panel
      title="Nodes"
      note={report === undefined ? undefined : `${formatCount(nodes.length)}, at the end of the range`}
      state={state}
      padded={false}
      bodyClassName="max-h-120 overflow-auto"
    >
      <Table label="Sources by node">
        <Head>
          {COLUMNS.map(([column, name]) => (
            <HeadCell key={column} sorted={sort === column ? order : null} onSort={() => by(column)}>
              {name}
            </HeadCell>
          ))}
          <HeadCell numeric sorted={sort === 'energy' ? order : null} onSort={() => by('energy')}>
            {unit.label}
          </HeadCell>
        </Head>
        <Body>
          {nodes.map((node) => (
            <Row
              key={`${node.cluster} ${node.node}`}
              label={node.node}
              onOpen={() =>
                go('/nodes', { node: node.node, ...(view.cluster === null ? { nodeCluster: node.cluster } : {}) })
              }
            >
              <Cell className="max-w-60 truncate font-medium" title={node.node}>
                {node.node}
              </Cell>
              <Cell className="text-fg-2">{node.instance_type ?? 'not known'}</Cell>
              <Cell className="max-w-60 truncate">{node.power}</Cell>
              <Cell className="max-w-60 truncate">{node.cpu}</Cell>
              <Cell className="max-w-60 truncate">{node.intensity}</Cell>
              <Cell className="max-w-60 truncate">{node.embodied}</Cell>
              <Cell numeric className="text-fg-2">
                <ExplainButton
                  target={{ metric: 'energy', cluster: node.cluster, node: node.node }}
                  figure={`Energy of ${node.node}, ${formatIn(unit, node.joules)} ${unit.symbol}`}
                  exact={exactQuantity('energy', node.joules)}
                >
                  {formatIn(unit, node.joules)}
                </ExplainButton>
              </Cell>
            </Row>
          ))}
        </Body>
      </Table>
    </Panel>
  );
}
