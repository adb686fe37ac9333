import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback, useMemo } from 'react';
import type * as z from 'zod';

type SearchPatch<T> = { readonly [K in keyof T]?: T[K] | undefined };

/**
 * A page's own part of the address. `schema` reads text values (each field optional, with `.catch()`); the setter
 * merges, drops what is undefined, and leaves the other keys (cluster, range) alone. `replace` keeps history short
 * while typing.
 *
 * @example const [state, setState] = useSearchState(z.object({ node: z.string().optional().catch(undefined) }));
 */
export function useSearchState<S extends z.ZodType<Record<string, unknown>>>(
  schema: S,
): [z.output<S>, (patch: SearchPatch<z.output<S>>, options?: { replace?: boolean }) => void] {
  const raw = useSearch({ strict: false });
  const navigate = useNavigate();
  const state = useMemo(() => schema.parse(raw), [schema, raw]);
  const setState = useCallback(
    (patch: SearchPatch<z.output<S>>, options: { replace?: boolean } = {}) => {
      void navigate({
        to: '.',
        search: (before: Record<string, unknown>) => ({ ...before, ...patch }),
        replace: options.replace ?? false,
      });
    },
    [navigate],
  );
  return [state, setState];
}
