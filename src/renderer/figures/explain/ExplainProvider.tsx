import { useLocation, useNavigate, useRouter, useSearch } from '@tanstack/react-router';
import { type ReactNode, useMemo } from 'react';
import { type TargetOf, targetText } from './target.ts';
import { ExplainContext, type Explaining } from './use-explain.ts';

/** Mark of history: the entry before this one is the same page without the panel. */
const OPENED = 'explainOpened';

/** Keeps in the address which figure is explained: Back closes, a link opens. */
export function ExplainProvider({ children }: { readonly children: ReactNode }) {
  const search: Record<string, unknown> = useSearch({ strict: false });
  const { state } = useLocation();
  const router = useRouter();
  const navigate = useNavigate();
  const text = search['explain'];
  const open = typeof text === 'string' ? text : null;
  const isOpened = Reflect.get(state, OPENED) === true;
  const explaining = useMemo((): Explaining => {
    const isOpen = open !== null;
    return {
      open,
      show: (target: TargetOf) =>
        void navigate({
          to: '.',
          search: (before: Record<string, unknown>) => ({ ...before, explain: targetText(target) }),
          // From one figure to the next is no step of its own: Back leads out of the panel.
          replace: isOpen,
          state: (before) => (!isOpen || isOpened ? { ...before, [OPENED]: true } : before),
          resetScroll: false,
        }),
      close: () => {
        if (isOpened) return router.history.back();
        void navigate({
          to: '.',
          search: (before: Record<string, unknown>) => ({ ...before, explain: undefined }),
          replace: true,
          resetScroll: false,
        });
      },
    };
  }, [open, isOpened, navigate, router]);
  return <ExplainContext value={explaining}>{children}</ExplainContext>;
}
