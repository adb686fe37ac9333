import type { RecommendationList } from '../../../contract/schemas/recommendations.ts';
import { formatCount } from '../../format/digits.ts';
import { type Per, savingText } from '../../format/savings.ts';
import type { Unit } from '../../format/units.ts';
import { Cell, Foot } from '../../ui/Table.tsx';
import type { Tab } from './search.ts';
import { TAB_NAMES } from './words.ts';

/** How many, and what all of them together would save. */
export function ListFoot(props: {
  readonly tab: Tab;
  readonly count: number;
  /** Null: not known for what is shown. */
  readonly joint: RecommendationList['savings'];
  readonly unit: Unit;
  readonly money: Unit | null;
  readonly per: Per;
}) {
  const { tab, joint, unit, money, per } = props;
  const nodes = joint?.nodes_that_can_go ?? 0;
  return (
    <Foot>
      <Cell colSpan={2}>
        {formatCount(props.count)} {TAB_NAMES[tab].toLowerCase()}
        {nodes > 0 && (
          <span className="pl-2 font-regular text-fg-3">
            {nodes === 1 ? '1 node can go' : `${formatCount(nodes)} nodes can go`}
          </span>
        )}
      </Cell>
      <Cell className="truncate font-regular text-fg-3">{joint === null ? '' : 'overlaps counted once'}</Cell>
      <Cell numeric>{joint === null ? '' : savingText(joint.co2e_grams_per_day, per, unit)}</Cell>
      <Cell numeric>{joint === null ? '' : money === null ? 'mixed' : savingText(joint.cost_per_day, per, money)}</Cell>
      <Cell />
    </Foot>
  );
}
