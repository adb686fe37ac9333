import { useQuery } from '@tanstack/react-query';
import { History, RotateCw } from 'lucide-react';
import { useState } from 'react';
import type { AuditRecord } from '../../../contract/schemas/restate.ts';
import { useClusters } from '../../app/clusters-query.ts';
import { useNow } from '../../app/use-now.ts';
import { useView } from '../../app/view/use-view.ts';
import { panelStateOf } from '../../figures/panel-state.tsx';
import { formatChange } from '../../format/change.ts';
import { formatCount } from '../../format/digits.ts';
import { joinParts } from '../../format/parts.ts';
import { exactQuantity, formatCarbon, formatMoney } from '../../format/quantity.ts';
import { exactMoment, formatMoment, formatPeriod } from '../../format/time.ts';
import { useApi } from '../../rpc/provider.tsx';
import { Button } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { Body, Cell, Head, HeadCell, Row, Table } from '../../ui/Table.tsx';
import { RecomputeDialog } from './RecomputeDialog.tsx';
import { causeWords } from './words.ts';

const MOST = 100;

/** What of the past was computed anew: when, why, from what to what. */
export function AuditPanel() {
  const view = useView();
  const api = useApi();
  const nowMs = useNow();
  const [asks, setAsks] = useState(false);
  const clusters = useClusters().data?.clusters ?? [];
  const query = useQuery(
    api.audit.list.queryOptions({
      input: { limit: MOST, ...(view.cluster === null ? {} : { cluster: view.cluster }) },
    }),
  );
  const entries = query.data?.entries ?? [];
  const state = panelStateOf([query], {
    nowMs,
    tz: view.tz,
    empty:
      entries.length === 0 ? (
        <EmptyState icon={<History strokeWidth={1.75} />} title="Nothing was restated">
          When a PUE, a price, a contract or a zone changes, past figures are computed anew, and that stands here.
        </EmptyState>
      ) : null,
  });
  return (
    <>
      {asks && <RecomputeDialog onClose={() => setAsks(false)} />}
      <Panel
        title="Restated figures"
        note={entries.length === 0 ? undefined : `${formatCount(entries.length)}, newest first`}
        actions={
          <Button kind="ghost" size="small" onClick={() => setAsks(true)}>
            <RotateCw aria-hidden="true" strokeWidth={1.75} />
            Recompute…
          </Button>
        }
        state={state}
        padded={false}
        bodyClassName="max-h-120 overflow-auto"
      >
        <Table label="Restated figures">
          <Head>
            <HeadCell>When</HeadCell>
            {view.cluster === null && <HeadCell>Cluster</HeadCell>}
            <HeadCell>Why</HeadCell>
            <HeadCell>Range</HeadCell>
            <HeadCell numeric>Carbon, before → after</HeadCell>
            <HeadCell numeric>Change</HeadCell>
            <HeadCell numeric>Cost, before → after</HeadCell>
            <HeadCell numeric>Windows</HeadCell>
          </Head>
          <Body>
            {entries.map((entry) => (
              <Entry
                key={entry.id}
                entry={entry}
                tz={view.tz}
                currency={clusters.find((cluster) => cluster.id === entry.cluster)?.currency ?? 'EUR'}
                cluster={
                  view.cluster === null
                    ? (clusters.find((cluster) => cluster.id === entry.cluster)?.name ?? entry.cluster)
                    : null
                }
              />
            ))}
          </Body>
        </Table>
      </Panel>
    </>
  );
}

interface EntryProps {
  readonly entry: AuditRecord;
  readonly tz: string;
  readonly currency: string;
  /** Null where one cluster is looked at. */
  readonly cluster: string | null;
}

const grams = (amounts: AuditRecord['before']): number => amounts.co2e_grams + amounts.embodied_co2e_grams;

function Entry({ entry, tz, currency, cluster }: EntryProps) {
  const { before, after } = entry;
  const carbon = (value: number): string => joinParts(formatCarbon(value));
  const money = (value: number): string => joinParts(formatMoney(value, currency));
  return (
    <Row>
      <Cell title={exactMoment(entry.at, tz)}>{formatMoment(entry.at, tz)}</Cell>
      {cluster !== null && <Cell className="max-w-44 truncate">{cluster}</Cell>}
      <Cell className="max-w-90 truncate" title={`${entry.reason} (method ${entry.calculation_version})`}>
        <span className="font-medium">{causeWords(entry.cause)}</span>
        <span className="pl-2 text-fg-2">{entry.reason}</span>
      </Cell>
      <Cell className="text-fg-2">{formatPeriod(entry.start, entry.end, tz)}</Cell>
      <Cell numeric title={`${exactQuantity('carbon', grams(before))} → ${exactQuantity('carbon', grams(after))}`}>
        <span className="text-fg-2">{carbon(grams(before))}</span> → {carbon(grams(after))}
      </Cell>
      <Cell numeric className="text-fg-2">
        {formatChange(grams(after), grams(before))?.text}
      </Cell>
      <Cell
        numeric
        title={`${exactQuantity('money', before.total_cost, currency)} → ${exactQuantity('money', after.total_cost, currency)}`}
      >
        <span className="text-fg-2">{money(before.total_cost)}</span> → {money(after.total_cost)}
      </Cell>
      <Cell numeric className="text-fg-2">
        {formatCount(entry.windows)}
      </Cell>
    </Row>
  );
}
