import { MIXED_CURRENCY } from '../../../contract/schemas/primitives.ts';
import type { RecommendationItem, RecommendationList } from '../../../contract/schemas/recommendations.ts';
import { useClusters } from '../../app/clusters-query.ts';
import { useView } from '../../app/view/use-view.ts';
import { StaleNotice } from '../../figures/StaleNotice.tsx';
import { formatCount } from '../../format/digits.ts';
import type { Per } from '../../format/savings.ts';
import { chooseUnit } from '../../format/units.ts';
import { cx } from '../../ui/class-names.ts';
import { ErrorState } from '../../ui/ErrorState.tsx';
import type { PanelState } from '../../ui/Panel.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { Body, Table } from '../../ui/Table.tsx';
import { carbonOf, carbonUnit, currencyOf } from './amounts.ts';
import { BulkBar } from './BulkBar.tsx';
import { ListFoot } from './ListFoot.tsx';
import { ListHead } from './ListHead.tsx';
import { ListRow } from './ListRow.tsx';
import type { Section } from './list.ts';
import type { SortKey, Tab } from './search.ts';
import type { Decisions } from './use-decisions.ts';
import { TAB_NAMES } from './words.ts';

type Item = RecommendationItem;

export interface ListPanelProps {
  readonly tab: Tab;
  readonly sections: readonly Section[];
  readonly state: PanelState;
  readonly list: RecommendationList | undefined;
  /** Of what is shown, overlaps counted once; null where that is not known. */
  readonly savings: RecommendationList['savings'];
  /** Why it is not known, in words; null while it comes. */
  readonly noTotal: string | null;
  readonly per: Per;
  readonly sort: { readonly key: SortKey; readonly order: 'asc' | 'desc' };
  readonly onSort: (key: SortKey) => void;
  readonly chosenId: string | undefined;
  readonly onChoose: (id: string) => void;
  readonly selected: ReadonlySet<string>;
  readonly onSelect: (ids: ReadonlySet<string>) => void;
  readonly decisions: Decisions;
  readonly onDismiss: (items: readonly Item[]) => void;
}

/** The list of a tab: rows with ranges in one unit, their joint total, and deeds for what is selected. */
export function ListPanel(props: ListPanelProps) {
  const { tab, sections, per, selected, onSelect, savings } = props;
  const { cluster } = useView();
  const clusters = useClusters().data?.clusters ?? [];
  const items = sections.flatMap((section) => section.items);
  const joint = tab === 'open' ? savings : null;
  const unit = carbonUnit([...items.map(carbonOf), ...(joint === null ? [] : [joint.co2e_grams_per_day])], per);
  const listCurrency = props.list?.currency ?? 'EUR';
  const money = listCurrency === MIXED_CURRENCY ? null : chooseUnit('money', null, listCurrency);
  const chosen = items.filter((item) => selected.has(item.id));
  const toggle = (id: string, isOn: boolean): void => {
    const next = new Set(selected);
    if (isOn) next.add(id);
    else next.delete(id);
    onSelect(next);
  };
  const grouped = sections.some((section) => section.title !== null);
  const isShown = props.state.kind === 'ready' || props.state.kind === 'partial';
  const words = footWords(props, grouped);
  return (
    <section
      aria-label={`${TAB_NAMES[tab]} recommendations`}
      aria-busy={props.state.kind === 'loading'}
      className={cx(
        'flex min-w-0 flex-col overflow-hidden rounded-3 border border-line bg-surface-1 shadow-1 max-mid:max-h-130',
        isShown ? 'min-h-0' : 'min-h-60',
      )}
    >
      {isShown ? (
        <>
          {props.state.kind === 'partial' && (
            <div className="px-4 py-2">
              <StaleNotice state={props.state} />
            </div>
          )}
          <div className="min-h-0 overflow-auto">
            <Table label={`${TAB_NAMES[tab]} recommendations`} className="table-fixed">
              <ListHead
                tab={tab}
                unit={unit}
                money={money}
                per={per}
                sort={props.sort}
                onSort={props.onSort}
                all={items.length === chosen.length ? true : chosen.length === 0 ? false : 'indeterminate'}
                onAll={(isOn) => onSelect(new Set(isOn ? items.map((item) => item.id) : []))}
              />
              <Body>
                {sections.map((section) => [
                  section.title !== null && (
                    <tr key={`group ${section.key}`} className="h-8 border-b border-line bg-surface-2">
                      <th scope="rowgroup" colSpan={6} className="px-4 text-left font-medium">
                        {section.title}
                        <span className="pl-2 font-regular text-fg-3">{formatCount(section.items.length)}</span>
                      </th>
                    </tr>
                  ),
                  ...section.items.map((item) => (
                    <ListRow
                      key={item.id}
                      item={item}
                      tab={tab}
                      per={per}
                      unit={unit}
                      money={money ?? chooseUnit('money', null, currencyOf(item, listCurrency, clusters))}
                      isMixed={money === null}
                      cluster={
                        cluster === null && clusters.length > 1
                          ? (clusters.find(({ id }) => id === item.cluster)?.name ?? item.cluster)
                          : null
                      }
                      isChosen={item.id === props.chosenId}
                      isSelected={selected.has(item.id)}
                      isSelecting={chosen.length > 0}
                      onSelect={(isOn) => toggle(item.id, isOn)}
                      onOpen={() => props.onChoose(item.id)}
                    />
                  )),
                ])}
              </Body>
              {items.length > 0 && (
                <ListFoot tab={tab} count={items.length} joint={joint} unit={unit} money={money} per={per} />
              )}
            </Table>
          </div>
          {(chosen.length > 0 || words !== '') && (
            <footer className="flex min-h-9 shrink-0 items-center gap-2 border-t border-line px-4 py-1 text-small text-fg-3">
              {chosen.length > 0 ? (
                <BulkBar
                  tab={tab}
                  items={chosen}
                  decisions={props.decisions}
                  onDismiss={() => props.onDismiss(chosen)}
                  onClear={() => onSelect(new Set())}
                />
              ) : (
                <span>{words}</span>
              )}
            </footer>
          )}
        </>
      ) : (
        <Waiting state={props.state} />
      )}
    </section>
  );
}

/** What stands in place of the list while there is none. */
function Waiting({ state }: { state: PanelState }) {
  switch (state.kind) {
    case 'loading':
      return (
        <div className="px-4 py-2">
          <Skeleton rows={8} label="Loading the recommendations" />
        </div>
      );
    case 'failed':
      return <ErrorState error={state.error} {...(state.onRetry === undefined ? {} : { onRetry: state.onRetry })} />;
    case 'empty':
      return state.content;
    case 'ready':
    case 'partial':
      return null;
  }
}

function footWords({ tab, list, sections, savings, noTotal }: ListPanelProps, grouped: boolean): string {
  if (tab !== 'open') return tab === 'verified' ? 'Found: weeks before and after, same weekdays.' : '';
  const shown = sections.reduce((sum, section) => sum + section.items.length, 0);
  const words = ['Ranges start at 0 where a saving needs a node to go away first.'];
  if (savings === null && shown > 0) words.push(...(noTotal === null ? [] : [noTotal]));
  else if (grouped) words.push('Overlaps are counted once, so the rows add up to more.');
  if (list !== undefined && list.total > list.recommendations.length)
    words.push(
      `${formatCount(list.recommendations.length)} of ${formatCount(list.total)} are listed: those that save most.`,
    );
  return words.join(' ');
}
