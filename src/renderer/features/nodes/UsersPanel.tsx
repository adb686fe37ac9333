import type { Breakdown } from '../../../contract/schemas/metrics.ts';
import { ExplainButton } from '../../figures/explain/ExplainButton.tsx';
import type { TargetOf } from '../../figures/explain/target.ts';
import { GoButton } from '../../figures/GoButton.tsx';
import { panelStateOf, type QueryLike } from '../../figures/panel-state.tsx';
import { useTallScreen } from '../../figures/use-tall-screen.ts';
import { formatIn } from '../../format/quantity.ts';
import { chooseUnit } from '../../format/units.ts';
import { Panel } from '../../ui/Panel.tsx';
import { Body, Cell, Foot, Head, HeadCell, Row, Table } from '../../ui/Table.tsx';
import type { NodeLine } from './node-list.ts';
import { nodeUsers, type UserLine } from './node-users.ts';

interface Props {
  readonly query: QueryLike & { readonly data: Breakdown | undefined };
  readonly line: NodeLine;
  readonly coveredSeconds: number;
  readonly nowMs: number;
  readonly tz: string;
}

const PODS_ON_TALL_SCREENS = 8;
const PODS = 5;

/** Who uses the node's power, down to what nobody asked for; the lines add up to the node. */
export function UsersPanel({ query, line, coveredSeconds, nowMs, tz }: Props) {
  const isTall = useTallScreen();
  const users =
    query.data === undefined
      ? null
      : nodeUsers(query.data.items, line.item, coveredSeconds, isTall ? PODS_ON_TALL_SCREENS : PODS);
  const unit = chooseUnit('power', users?.total.watts);
  return (
    <Panel
      title="Who uses it"
      note={users === null ? undefined : `${users.podCount} pods`}
      actions={
        <GoButton to="/explore" own={{ node: line.name, group: 'pod' }}>
          Open in Explore
        </GoButton>
      }
      state={panelStateOf([query], { nowMs, tz })}
      padded={false}
      bodyClassName="overflow-x-auto"
    >
      {users !== null && (
        <Table label={`Power of ${line.name} by pod`}>
          <Head>
            <HeadCell>Pod</HeadCell>
            <HeadCell>Namespace</HeadCell>
            <HeadCell numeric>{unit.label}</HeadCell>
            <HeadCell numeric>of it idle</HeadCell>
          </Head>
          <Body>
            {users.lines.map((user) => (
              <Row key={user.key}>
                <Cell
                  className={`max-w-44 truncate ${user.kind === 'pod' || user.kind === 'more' ? 'font-medium' : 'text-fg-2'}`}
                  title={user.name}
                >
                  {user.name}
                </Cell>
                <Cell className="max-w-32 truncate text-fg-2">{user.namespace}</Cell>
                <Cell numeric className="font-medium">
                  <Watts user={user} line={line} text={formatIn(unit, user.watts)} />
                </Cell>
                <Cell numeric className="text-fg-2">
                  {user.idleWatts === null ? '' : formatIn(unit, user.idleWatts)}
                </Cell>
              </Row>
            ))}
          </Body>
          <Foot>
            <Cell>Node</Cell>
            <Cell />
            <Cell numeric>{formatIn(unit, users.total.watts)}</Cell>
            <Cell numeric>{formatIn(unit, users.total.idleWatts)}</Cell>
          </Foot>
        </Table>
      )}
    </Panel>
  );
}

function Watts({ user, line, text }: { readonly user: UserLine; readonly line: NodeLine; readonly text: string }) {
  const target = targetOf(user, line);
  if (target === null) return text;
  return (
    <ExplainButton target={target} figure={`Power of ${user.name}, ${text}`}>
      {text}
    </ExplainButton>
  );
}

/** Rows of the store behind a line; null for several pods in one. */
function targetOf(user: UserLine, line: NodeLine): TargetOf | null {
  const own = { metric: 'energy', cluster: line.clusterId, node: line.name } as const;
  switch (user.kind) {
    case 'pod':
      return user.pod === null ? null : { ...own, namespace: user.namespace, pod: user.pod };
    case 'system':
      return { ...own, namespace: '__system__' };
    case 'unallocated':
      return { ...own, namespace: '__unallocated__' };
    case 'volume':
    case 'more':
      return null;
  }
}
