import { useQuery } from '@tanstack/react-query';
import { ChevronDown, ChevronUp, X } from 'lucide-react';
import { useEffect, useId, useRef } from 'react';
import type { RecommendationItem } from '../../../../contract/schemas/recommendations.ts';
import { useClusters } from '../../../app/clusters-query.ts';
import { useNow } from '../../../app/use-now.ts';
import { useView } from '../../../app/view/use-view.ts';
import { panelStateOf } from '../../../figures/panel-state.tsx';
import { StaleNotice } from '../../../figures/StaleNotice.tsx';
import type { Per } from '../../../format/savings.ts';
import { useApi } from '../../../rpc/provider.tsx';
import { ErrorState } from '../../../ui/ErrorState.tsx';
import { IconButton } from '../../../ui/IconButton.tsx';
import { Skeleton } from '../../../ui/Skeleton.tsx';
import { currencyOf } from '../amounts.ts';
import type { Decisions } from '../use-decisions.ts';
import { ActionBar } from './ActionBar.tsx';
import { DetailBody } from './DetailBody.tsx';

export interface DetailPanelProps {
  readonly id: string;
  /** Chosen by a person, so it comes into sight where it stands below the list. */
  readonly isAsked: boolean;
  /** As the list has it; undefined where the address names one that is not listed. */
  readonly item: RecommendationItem | undefined;
  readonly per: Per;
  readonly currency: string;
  readonly onMove: (step: 1 | -1) => void;
  readonly onClose: () => void;
  readonly onChoose: (id: string) => void;
  readonly onApply: (item: RecommendationItem) => void;
  readonly onDismiss: (item: RecommendationItem) => void;
  readonly decisions: Decisions;
}

/** One recommendation: evidence, what it would save and on which condition, the change, its life, and what to do. */
export function DetailPanel(props: DetailPanelProps) {
  const { tz } = useView();
  const nowMs = useNow();
  const api = useApi();
  const id = useId();
  const clusters = useClusters().data?.clusters ?? [];
  const query = useQuery(api.recommendations.detail.queryOptions({ input: { id: props.id } }));
  const state = panelStateOf([query], { nowMs, tz });
  const item = query.data ?? props.item;
  const panel = useRef<HTMLElement>(null);
  const { isAsked } = props;
  useEffect(() => {
    if (isAsked) panel.current?.scrollIntoView?.({ block: 'nearest' });
  }, [isAsked]);
  return (
    <section
      ref={panel}
      aria-labelledby={id}
      aria-busy={state.kind === 'loading'}
      className="flex min-h-0 min-w-0 flex-col rounded-3 border border-line bg-surface-1 shadow-1"
    >
      <header className="flex min-h-12 shrink-0 items-center gap-1 border-b border-line py-2 pr-3 pl-4">
        <h2 id={id} className="min-w-0 flex-1 text-title font-strong">
          {item?.title ?? 'Recommendation'}
        </h2>
        <IconButton label="Previous" aria-keyshortcuts="K" onClick={() => props.onMove(-1)}>
          <ChevronUp aria-hidden="true" strokeWidth={1.75} />
        </IconButton>
        <IconButton label="Next" aria-keyshortcuts="J" onClick={() => props.onMove(1)}>
          <ChevronDown aria-hidden="true" strokeWidth={1.75} />
        </IconButton>
        <IconButton label="Close" onClick={props.onClose}>
          <X aria-hidden="true" strokeWidth={1.75} />
        </IconButton>
      </header>
      <div className="flex min-h-0 flex-1 flex-col gap-3 overflow-y-auto px-4 py-3">
        <StaleNotice state={state} />
        {state.kind === 'loading' && <Skeleton rows={8} label="Loading the recommendation" />}
        {state.kind === 'failed' && (
          <ErrorState error={state.error} {...(state.onRetry === undefined ? {} : { onRetry: state.onRetry })} />
        )}
        {query.data !== undefined && (
          <DetailBody
            detail={query.data}
            per={props.per}
            currency={currencyOf(query.data, props.currency, clusters)}
            onChoose={props.onChoose}
          />
        )}
      </div>
      {item !== undefined && (
        <ActionBar item={item} onApply={props.onApply} onDismiss={props.onDismiss} decisions={props.decisions} />
      )}
    </section>
  );
}
