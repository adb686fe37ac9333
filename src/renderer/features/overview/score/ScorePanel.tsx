import { useQuery } from '@tanstack/react-query';
import { ArrowRight, TrendingUp } from 'lucide-react';
import * as z from 'zod';
import type { ScoreAnswer } from '../../../../contract/schemas/score.ts';
import { useNow } from '../../../app/use-now.ts';
import { useSearchState } from '../../../app/view/use-search-state.ts';
import { useView } from '../../../app/view/use-view.ts';
import { ScoreLine } from '../../../charts/ScoreLine.tsx';
import { panelStateOf } from '../../../figures/panel-state.tsx';
import { useGo } from '../../../figures/use-go.ts';
import { useApi } from '../../../rpc/provider.tsx';
import { Button } from '../../../ui/Button.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { Panel } from '../../../ui/Panel.tsx';
import { DimensionBars, ScoreBar } from './DimensionBars.tsx';
import { ScoreDetails } from './ScoreDetails.tsx';
import {
  bestRaise,
  DIMENSION_NAMES,
  historyOf,
  historySentence,
  leftOut,
  pointsText,
  scoreText,
} from './score-words.ts';

const Search = z.object({ score: z.enum(['1']).optional().catch(undefined) });

/** How well what is reserved and emitted is used, from 0 to 100; what it consists of stands behind "Details". */
export function ScorePanel() {
  const view = useView();
  const api = useApi();
  const nowMs = useNow();
  const [search, setSearch] = useSearchState(Search);
  const query = useQuery(api.score.get.queryOptions({ input: view.query }));
  const answer = query.data;
  const state = panelStateOf([query], {
    nowMs,
    tz: view.tz,
    empty:
      answer !== undefined && answer.score === null ? (
        <EmptyState title="No score yet">
          {answer.clusters[0]?.dimensions[0]?.note ?? 'A score needs at least a day of use.'}
        </EmptyState>
      ) : null,
  });
  return (
    <Panel
      title="Sustainability score"
      state={state}
      actions={
        answer !== undefined &&
        answer.score !== null && (
          <Button kind="ghost" size="small" id="score-details" onClick={() => setSearch({ score: '1' })}>
            Details
            <ArrowRight aria-hidden="true" strokeWidth={1.75} />
          </Button>
        )
      }
      className="min-h-50"
    >
      {answer !== undefined && <Shown answer={answer} />}
      {answer !== undefined && search.score === '1' && (
        <ScoreDetails answer={answer} onClose={() => setSearch({ score: undefined })} />
      )}
    </Panel>
  );
}

function Shown({ answer }: { answer: ScoreAnswer }) {
  const [card, second] = answer.clusters;
  const isOne = card !== undefined && second === undefined;
  const history = isOne ? historyOf(answer.history, card.cluster) : [];
  const missing = isOne ? leftOut(card) : [];
  return (
    <>
      <div className="flex h-9 items-end justify-between gap-3 pb-1">
        <span className="text-figure font-strong tabular-nums">
          {scoreText(answer.score)}
          <span className="ml-[5px] text-base font-regular tracking-normal text-fg-2">of 100</span>
        </span>
        {history.length > 1 && <ScoreLine values={history} label={historySentence(history)} />}
      </div>
      {isOne ? (
        <DimensionBars card={card} />
      ) : (
        <ul aria-label="Clusters" className="flex flex-col gap-1 text-small">
          {answer.clusters.map((each) => (
            <li key={each.cluster} className="flex items-center gap-2">
              <span className="w-36 shrink-0 truncate text-fg-2">{each.cluster_name ?? each.cluster}</span>
              <ScoreBar score={each.score} />
              <span className="num w-12 shrink-0 font-medium">{scoreText(each.score)}</span>
            </li>
          ))}
        </ul>
      )}
      {missing.length > 0 && (
        <p className="mt-1.5 text-micro text-fg-3">
          Left out for want of data, the rest weighs more: {missing.join(', ')}.
        </p>
      )}
      <Raise answer={answer} />
    </>
  );
}

/** What would raise the score most. */
function Raise({ answer }: { answer: ScoreAnswer }) {
  const go = useGo();
  const best = bestRaise(answer.clusters);
  if (best === null) return null;
  const where = answer.clusters.length > 1 ? ` of ${best.card.cluster_name ?? best.card.cluster}` : '';
  return (
    <p className="mt-2 flex items-start gap-2 text-small">
      <TrendingUp aria-hidden="true" strokeWidth={1.75} className="size-4 shrink-0 text-fg-3" />
      <span>
        {DIMENSION_NAMES[best.raise.dimension]}
        {where} would raise it most, by up to {pointsText(best.raise.points)}.{' '}
        <button
          type="button"
          className="link rounded-1 text-left"
          onClick={() => go('/recommendations', answer.clusters.length > 1 ? { cluster: best.card.cluster } : {})}
        >
          {best.raise.how}
        </button>
      </span>
    </p>
  );
}
