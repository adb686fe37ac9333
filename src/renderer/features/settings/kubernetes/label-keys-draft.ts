import { LabelKeys } from '../../../../contract/schemas/settings.ts';

/** As typed: keys apart by commas, spaces or lines. */
export interface LabelKeysDraft {
  readonly team: string;
  readonly costCenter: string;
}
type LabelKeysProblems = Partial<Record<keyof LabelKeysDraft, string>>;

const MOST_KEYS = 10;

export function draftOf({ team, cost_center }: LabelKeys): LabelKeysDraft {
  return { team: team.join(', '), costCenter: cost_center.join(', ') };
}

const keysIn = (text: string): string[] => [...new Set(text.split(/[\s,]+/).filter((key) => key !== ''))];

export function labelKeysOf({ team, costCenter }: LabelKeysDraft): LabelKeys {
  return { team: keysIn(team), cost_center: keysIn(costCenter) };
}

/** What the backend would refuse, said at the field. */
export function problemsOf(draft: LabelKeysDraft): LabelKeysProblems {
  const { team, cost_center } = labelKeysOf(draft);
  const ofTeam = problemOf(team);
  const ofCostCenter = problemOf(cost_center);
  return {
    ...(ofTeam === null ? {} : { team: ofTeam }),
    ...(ofCostCenter === null ? {} : { costCenter: ofCostCenter }),
  };
}

function problemOf(keys: readonly string[]): string | null {
  if (keys.length === 0) return 'At least one label';
  if (keys.length > MOST_KEYS) return `At most ${MOST_KEYS} labels`;
  const wrong = keys.find((key) => !LabelKeys.shape.team.safeParse([key]).success);
  return wrong === undefined ? null : `“${wrong}” is not the key of a label: example.com/team, or team`;
}

export function isSame(one: LabelKeys, other: LabelKeys): boolean {
  return one.team.join() === other.team.join() && one.cost_center.join() === other.cost_center.join();
}
