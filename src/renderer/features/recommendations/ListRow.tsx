import type { RecommendationItem } from '../../../contract/schemas/recommendations.ts';
import { useView } from '../../app/view/use-view.ts';
import { TYPE_NAMES } from '../../figures/recommendation-names.ts';
import { foundText, type Per, savingText } from '../../format/savings.ts';
import { exactMoment, formatDate } from '../../format/time.ts';
import type { Unit } from '../../format/units.ts';
import { Checkbox } from '../../ui/Checkbox.tsx';
import { cx } from '../../ui/class-names.ts';
import { Cell, Row } from '../../ui/Table.tsx';
import { carbonOf, carbonTitle, moneyOf, moneyTitle } from './amounts.ts';
import { ConfidenceBars } from './ConfidenceBars.tsx';
import type { Tab } from './search.ts';
import { isMeasured, outcomeWords, SEVERITY_NAMES, TYPE_ICONS, whereOf } from './words.ts';

interface Props {
  readonly item: RecommendationItem;
  readonly tab: Tab;
  readonly per: Per;
  readonly unit: Unit;
  readonly money: Unit;
  /** The symbol stands in the cell, because the column has none. */
  readonly isMixed: boolean;
  /** Named where several are listed. */
  readonly cluster: string | null;
  readonly isChosen: boolean;
  readonly isSelected: boolean;
  readonly isSelecting: boolean;
  readonly onSelect: (isOn: boolean) => void;
  readonly onOpen: () => void;
}

/** One recommendation: icon or check, deed, where, ranges, and what its tab adds. */
export function ListRow(props: Props) {
  const { item, per, unit, money } = props;
  const Icon = TYPE_ICONS[item.type];
  const where = whereOf(item);
  const around = [item.scope === 'namespace' ? null : item.namespace, props.cluster].filter((word) => word !== null);
  return (
    <Row roomy label={item.title} selected={props.isChosen} onOpen={props.onOpen}>
      <Cell
        className="relative"
        onClick={(event) => event.stopPropagation()}
        onKeyDown={(event) => event.stopPropagation()}
      >
        <Icon
          aria-hidden="true"
          strokeWidth={1.75}
          className={cx(
            'absolute top-3 left-4 size-4 text-fg-3',
            props.isSelecting ? 'hidden' : 'group-focus-within:hidden group-hover:hidden',
          )}
        />
        <span
          className={cx(
            !props.isSelecting && 'opacity-0 group-focus-within:opacity-100 group-hover:opacity-100',
            'inline-flex translate-y-0.5',
          )}
        >
          <Checkbox label={`Select ${item.title}`} hideLabel checked={props.isSelected} onChange={props.onSelect} />
        </span>
      </Cell>
      <Cell
        className="truncate pl-1 font-medium"
        title={`${item.title}. ${TYPE_NAMES[item.type]}, priority ${SEVERITY_NAMES[item.severity].toLowerCase()}`}
      >
        {item.title}
      </Cell>
      <Cell className="truncate" title={[`${where.kind} ${where.name}`, ...around].join(', ')}>
        {where.name}
        {around.length > 0 && <span className="pl-1.5 text-fg-3">{around.join(', ')}</span>}
      </Cell>
      <Cell numeric title={carbonTitle(item, per)}>
        {savingText(carbonOf(item), per, unit)}
      </Cell>
      <Cell numeric className="text-fg-2" title={moneyTitle(item, per, money.symbol)}>
        {props.isMixed && money.symbol}
        {savingText(moneyOf(item), per, money)}
      </Cell>
      <Last {...props} />
    </Row>
  );
}

function Last({ item, tab, per, unit }: Props) {
  const { tz } = useView();
  switch (tab) {
    case 'open':
      return (
        <Cell>
          <ConfidenceBars confidence={item.confidence} />
        </Cell>
      );
    case 'applied':
      return (
        <Cell
          className="truncate text-fg-2"
          title={item.applied_at === null ? undefined : exactMoment(item.applied_at, tz)}
        >
          {item.applied_at === null ? 'unknown' : formatDate(item.applied_at, tz)}
          {item.applied_by === 'watched' && ', seen'}
        </Cell>
      );
    case 'verified': {
      const saved = isMeasured(item) ? item.verification.co2e_saved_grams_per_day.expected : undefined;
      return (
        <Cell className="truncate" title={item.verification?.note}>
          {saved !== undefined && (
            <span className={cx('pr-1.5 font-medium tabular-nums', saved > 0 ? 'text-good' : saved < 0 && 'text-bad')}>
              {foundText(saved, per, unit)}
            </span>
          )}
          <span className="text-fg-2">{outcomeWords(item)}</span>
        </Cell>
      );
    }
    case 'snoozed':
      return <Cell className="text-fg-2">{item.ignored_until === null ? '' : formatDate(item.ignored_until, tz)}</Cell>;
    case 'dismissed':
      return (
        <Cell className="truncate text-fg-2" title={item.ignore_reason ?? undefined}>
          {item.ignore_reason === null || item.ignore_reason === '' ? 'none given' : item.ignore_reason}
        </Cell>
      );
  }
}
