import { BadgeCheck, CircleAlert } from 'lucide-react';
import type { RecommendationList } from '../../../contract/schemas/recommendations.ts';
import { useNow } from '../../app/use-now.ts';
import { useView } from '../../app/view/use-view.ts';
import { panelStateOf, type QueryLike } from '../../figures/panel-state.tsx';
import { formatCount } from '../../format/digits.ts';
import { foundText, type Per, savingText } from '../../format/savings.ts';
import { Button } from '../../ui/Button.tsx';
import { cx } from '../../ui/class-names.ts';
import { Panel } from '../../ui/Panel.tsx';
import { Body, Cell, Head, HeadCell, Row, Table } from '../../ui/Table.tsx';
import { carbonOf, carbonUnit } from './amounts.ts';
import { decidedAt, tabOf } from './list.ts';
import { isMeasured, type Measured, outcomeWords, whereOf } from './words.ts';

const MOST = 8;

interface Props {
  readonly query: QueryLike & { readonly data: RecommendationList | undefined };
  readonly per: Per;
  readonly onAll: () => void;
  readonly onChoose: (id: string) => void;
}

/** What was promised and what was found, of those that were measured last. */
export function VerifiedPanel({ query, per, onAll, onChoose }: Props) {
  const { tz } = useView();
  const nowMs = useNow();
  const all = (query.data?.recommendations ?? [])
    .filter((item) => tabOf(item) === 'verified')
    .filter(isMeasured)
    .toSorted((a, b) => Date.parse(decidedAt(b)) - Date.parse(decidedAt(a)));
  const items = all.slice(0, MOST);
  const found = items.map((item) => item.verification.co2e_saved_grams_per_day);
  const unit = carbonUnit([...items.map(carbonOf), ...found], per);
  const state = panelStateOf([query], { nowMs, tz });
  if (query.data !== undefined && items.length === 0) {
    return (
      <Panel
        title="Verified lately"
        note="A week after a change is applied, what it saved is measured here."
        className="shrink-0"
        bodyClassName="hidden"
      />
    );
  }
  return (
    <Panel
      title="Verified lately"
      note={`weeks before and after, same weekdays, ${unit.symbol} a ${per}`}
      actions={
        all.length > MOST && (
          <Button kind="ghost" size="small" onClick={onAll}>
            All {formatCount(all.length)}
          </Button>
        )
      }
      state={state}
      padded={false}
      className="min-h-45 flex-1"
      bodyClassName="overflow-auto"
    >
      <Table label="Verified lately" className="table-fixed">
        <Head>
          <HeadCell className="w-[42%]">Change</HeadCell>
          <HeadCell>Where</HeadCell>
          <HeadCell numeric className="w-24">
            Promised
          </HeadCell>
          <HeadCell numeric className="w-26">
            Found
          </HeadCell>
          <HeadCell className="w-30">Result</HeadCell>
        </Head>
        <Body>
          {items.map((item) => (
            <Line key={item.id} item={item} text={{ per, unit }} onOpen={() => onChoose(item.id)} />
          ))}
        </Body>
      </Table>
    </Panel>
  );
}

function Line(props: { item: Measured; text: { per: Per; unit: ReturnType<typeof carbonUnit> }; onOpen: () => void }) {
  const { item } = props;
  const { per, unit } = props.text;
  const saved = item.verification.co2e_saved_grams_per_day.expected;
  const Icon = item.status === 'regressed' ? CircleAlert : BadgeCheck;
  return (
    <Row label={item.title} onOpen={props.onOpen}>
      <Cell className="truncate" title={item.title}>
        <span className="flex items-center gap-2">
          <Icon
            aria-hidden="true"
            strokeWidth={1.75}
            className={cx('size-4 shrink-0', item.status === 'regressed' ? 'text-warn' : 'text-fg-3')}
          />
          <span className="truncate">{item.title}</span>
        </span>
      </Cell>
      <Cell className="truncate" title={item.resource}>
        {whereOf(item).name}
      </Cell>
      <Cell numeric className="text-fg-3">
        {savingText(carbonOf(item), per, unit)}
      </Cell>
      <Cell numeric className={cx('font-medium', saved > 0 ? 'text-good' : saved < 0 && 'text-bad')}>
        {foundText(saved, per, unit)}
      </Cell>
      <Cell className="truncate text-fg-2" title={item.verification.note}>
        {outcomeWords(item)}
      </Cell>
    </Row>
  );
}
