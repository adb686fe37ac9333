import { useMutation } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import type { RecommendationItem } from '../../../contract/schemas/recommendations.ts';
import { formatCount } from '../../format/digits.ts';
import { useClient } from '../../rpc/provider.tsx';
import type { Values } from './actual-values.ts';
import { useRefresh } from './use-lists.ts';

type Item = Pick<RecommendationItem, 'id' | 'title'>;
/** What was decided last, in words, and the way back where there is one. */
export interface Done {
  readonly words: string;
  readonly undo: (() => void) | null;
}
export type SnoozeDays = 7 | 30 | 90;
export const SNOOZE_DAYS: readonly SnoozeDays[] = [7, 30, 90];

const DAY_MS = 86_400_000;
const named = (items: readonly Item[]): string =>
  items.length === 1 ? `“${items[0]?.title ?? ''}”` : `${formatCount(items.length)} recommendations`;

export interface Decisions {
  readonly done: Done | null;
  readonly error: unknown;
  readonly isPending: boolean;
  readonly snooze: (items: readonly Item[], days: SnoozeDays, reason?: string) => void;
  readonly dismiss: (items: readonly Item[], reason: string) => void;
  readonly reopen: (items: readonly Item[]) => void;
  readonly apply: (item: Item, actual: Values, reason: string) => void;
  readonly forget: () => void;
  /** Takes away the failure of the last one: a new question must not begin with it. */
  readonly clearError: () => void;
}

/** What a person decides on recommendations; what hides them can be undone. */
export function useDecisions(onDecided: (items: readonly Item[]) => void): Decisions {
  const client = useClient();
  const refresh = useRefresh();
  const [done, setDone] = useState<Done | null>(null);
  const run = useMutation({
    mutationFn: ({ call }: { call: () => Promise<unknown>; after: Done; items: readonly Item[] }) => call(),
    onSuccess: (_, { after, items }) => {
      setDone(after);
      onDecided(items);
    },
    onSettled: refresh,
  });
  const { mutate, reset } = run;
  const unignore = (items: readonly Item[]) =>
    Promise.all(items.map(({ id }) => client.recommendations.unignore({ id })));
  const reopen = (items: readonly Item[], words = `Open again: ${named(items)}`): void =>
    mutate({ call: () => unignore(items), after: { words, undo: null }, items: [] });
  const ignore = (items: readonly Item[], until: string | null, reason: string, words: string): void =>
    mutate({
      call: () => client.recommendations.ignoreMany({ ids: items.map(({ id }) => id), reason, until }),
      after: { words, undo: () => reopen(items) },
      items,
    });
  return {
    done,
    error: run.error,
    isPending: run.isPending,
    snooze: (items, days, reason = '') => {
      const until = new Date(Date.now() + days * DAY_MS).toISOString();
      ignore(items, until, reason, `Snoozed for ${days} days: ${named(items)}`);
    },
    dismiss: (items, reason) => ignore(items, null, reason, `Dismissed: ${named(items)}`),
    reopen,
    apply: (item, actual, reason) =>
      mutate({
        call: () =>
          client.recommendations.apply({ id: item.id, actual: { ...actual }, ...(reason === '' ? {} : { reason }) }),
        after: { words: `Marked as applied: ${named([item])}`, undo: null },
        items: [item],
      }),
    forget: useCallback(() => {
      setDone(null);
      reset();
    }, [reset]),
    clearError: reset,
  };
}
