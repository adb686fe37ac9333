import { useQuery } from '@tanstack/react-query';
import { CircleCheck } from 'lucide-react';
import { MIXED_CURRENCY } from '../../../contract/schemas/primitives.ts';
import type { RecommendationItem } from '../../../contract/schemas/recommendations.ts';
import { useClusters } from '../../app/clusters-query.ts';
import { useNow } from '../../app/use-now.ts';
import { useView } from '../../app/view/use-view.ts';
import { FIRST_ANALYSIS } from '../../figures/first-analysis.ts';
import { GoButton } from '../../figures/GoButton.tsx';
import { panelStateOf } from '../../figures/panel-state.tsx';
import { useGo } from '../../figures/use-go.ts';
import { formatCount } from '../../format/digits.ts';
import { PER_DAYS, savingText } from '../../format/savings.ts';
import { chooseUnit } from '../../format/units.ts';
import { useApi } from '../../rpc/provider.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { Body, Cell, Head, HeadCell, Row, Table } from '../../ui/Table.tsx';

const MOST = 4;

const carbonOf = (item: RecommendationItem) => item.estimated_savings.co2e_grams_per_day_range;

const nameOf = (item: RecommendationItem): string => item.resource.split('/').slice(1).join('/') || item.resource;

/** The recommendations that save most, as ranges for a year. */
export function CutPanel() {
  const view = useView();
  const api = useApi();
  const go = useGo();
  const nowMs = useNow();
  const clusters = useClusters().data?.clusters ?? [];
  const query = useQuery(
    api.recommendations.top.queryOptions({
      input: { limit: MOST, metric: 'co2', ...(view.cluster === null ? {} : { cluster: view.cluster }) },
    }),
  );
  const items = query.data?.recommendations ?? [];
  const unit = chooseUnit('carbon', Math.max(0, ...items.map((item) => carbonOf(item).high)) * PER_DAYS.year);
  const listCurrency = query.data?.currency ?? 'EUR';
  const isMixed = listCurrency === MIXED_CURRENCY;
  const state = panelStateOf([query], {
    nowMs,
    tz: view.tz,
    empty:
      items.length === 0 ? (
        <EmptyState
          icon={<CircleCheck strokeWidth={1.75} />}
          title={query.data?.analysed_at === null ? 'Not worked out yet' : 'Nothing left to cut'}
        >
          {query.data?.analysed_at === null ? FIRST_ANALYSIS : undefined}
        </EmptyState>
      ) : null,
  });
  const moneyOf = (item: RecommendationItem): string => {
    const currency = isMixed
      ? (clusters.find(({ id }) => id === item.cluster)?.currency ?? listCurrency)
      : listCurrency;
    const money = chooseUnit('money', null, currency);
    return `${isMixed ? money.symbol : ''}${savingText(item.estimated_savings.cost_per_day_range, 'year', money)}`;
  };
  return (
    <Panel
      title="What can be cut"
      note="a year"
      actions={
        <GoButton to="/recommendations">
          {query.data === undefined || query.data.total === 0 ? 'All' : `All ${formatCount(query.data.total)}`}
        </GoButton>
      }
      state={state}
      padded={false}
      className="min-h-43"
    >
      <Table label="What can be cut" className="table-fixed">
        <Head>
          <HeadCell>Recommendation</HeadCell>
          <HeadCell numeric className="w-17">
            {unit.label}
          </HeadCell>
          <HeadCell numeric className="w-27">
            {isMixed ? 'cost' : chooseUnit('money', null, listCurrency).symbol}
          </HeadCell>
        </Head>
        <Body>
          {items.map((item) => (
            <Row key={item.id} label={item.title} onOpen={() => go('/recommendations', { id: item.id })}>
              <Cell className="truncate" title={`${item.title}, ${item.resource}`}>
                {item.scope === 'workload' || item.scope === 'pod' ? (
                  <>
                    <span className="font-medium">{nameOf(item)}</span> <span className="text-fg-2">{item.title}</span>
                  </>
                ) : (
                  <span className="font-medium">{item.title}</span>
                )}
              </Cell>
              <Cell numeric>{savingText(carbonOf(item), 'year', unit)}</Cell>
              <Cell numeric className="text-fg-2">
                {moneyOf(item)}
              </Cell>
            </Row>
          ))}
        </Body>
      </Table>
    </Panel>
  );
}
