import type { RestateCause } from '../../model/audit.ts';
import type { ApiDeps } from './deps.ts';

/** A setting of all clusters changed: the past of each that is known is computed anew, in the background. */
export function restateAll(
  cause: RestateCause,
  reason: string,
  { contextStates, restating }: Pick<ApiDeps, 'contextStates' | 'restating'>,
): void {
  const ids = new Set(Object.values(contextStates.value).map(({ clusterId }) => clusterId));
  for (const id of ids) {
    if (id !== null && restating.contextOf(id) !== null) restating.after(id, cause, reason);
  }
}
