import type { ReactNode } from 'react';
import { formatAge } from '../format/time.ts';
import { failureOf, isStoreAway } from '../rpc/failure.ts';
import { Button } from '../ui/Button.tsx';
import type { PanelState } from '../ui/Panel.tsx';

/** The part of a query that decides what its panel shows. */
export interface QueryLike {
  readonly data: unknown;
  readonly error: unknown;
  readonly dataUpdatedAt: number;
  readonly refetch: () => unknown;
}

export interface PanelFacts {
  readonly nowMs: number;
  readonly tz: string;
  /** An EmptyState if the answers hold nothing to show; null otherwise. */
  readonly empty?: ReactNode;
  /** One sentence on what is missing in the answers; null where all is there. */
  readonly missing?: string | null;
}

/**
 * Which of the four designed states a panel is in. An answer that could not be renewed stays on screen with its age;
 * only where there never was one, the failure takes its place.
 */
export function panelStateOf(queries: readonly QueryLike[], facts: PanelFacts): PanelState {
  const retry = (): void => {
    for (const query of queries) if (query.error !== null || query.data === undefined) void query.refetch();
  };
  const failed = queries.find((query) => query.error !== null && query.error !== undefined);
  if (failed !== undefined && failed.data === undefined) return { kind: 'failed', error: failed.error, onRetry: retry };
  if (queries.some((query) => query.data === undefined)) return { kind: 'loading' };
  if (facts.empty !== undefined && facts.empty !== null) return { kind: 'empty', content: facts.empty };
  if (failed !== undefined) {
    const action = (
      <Button kind="ghost" size="small" className="-my-1" onClick={retry}>
        Try again
      </Button>
    );
    const age = formatAge(failed.dataUpdatedAt, facts.nowMs, facts.tz);
    // The banner of the frame says what is wrong, once; each panel only says how old it is.
    if (isStoreAway(failed.error)) {
      return { kind: 'partial', tone: 'quiet', message: `Figures of ${age}; newer ones come when the store is back.` };
    }
    return { kind: 'partial', message: `${failureOf(failed.error).message}. Shown are the figures of ${age}.`, action };
  }
  if (facts.missing !== undefined && facts.missing !== null) return { kind: 'partial', message: facts.missing };
  return { kind: 'ready' };
}
