import { RefreshCw } from 'lucide-react';
import type { RecommendationList } from '../../../contract/schemas/recommendations.ts';
import { useNow } from '../../app/use-now.ts';
import { useView } from '../../app/view/use-view.ts';
import { exactMoment, formatAge } from '../../format/time.ts';
import { Button } from '../../ui/Button.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';

interface Props {
  readonly list: RecommendationList | undefined;
  readonly analyse: { readonly mutate: () => void; readonly isPending: boolean };
}

/** Title, what the recommendations were found in, and the way to look again. */
export function AnalysisHead({ list, analyse }: Props) {
  const { tz } = useView();
  const nowMs = useNow();
  const days = daysOf(list);
  const at = list?.analysed_at ?? null;
  return (
    <PageHeader
      title="Recommendations"
      note={
        at !== null && (
          <span title={exactMoment(at, tz)}>
            {days === null ? '' : `from the last ${days === 1 ? 'day' : `${days} days`} of use, `}analysed{' '}
            {formatAge(at, nowMs, tz)}
          </span>
        )
      }
      actions={
        <Button disabled={analyse.isPending} onClick={() => analyse.mutate()}>
          <RefreshCw aria-hidden="true" strokeWidth={1.75} className={analyse.isPending ? 'turning' : ''} />
          <span role="status">{analyse.isPending ? 'Analysing' : 'Analyse now'}</span>
        </Button>
      }
    />
  );
}

/** Whole days that were looked at: the longest of the list; null where nothing says. */
function daysOf(list: RecommendationList | undefined): number | null {
  const lengths = (list?.recommendations ?? []).map(
    ({ period }) => (Date.parse(period.end) - Date.parse(period.start)) / 86_400_000,
  );
  const longest = Math.round(Math.max(0, ...lengths));
  return longest >= 1 ? longest : null;
}
