import { checkMethod } from '../settings/check-method.ts';
import { type ContextSettings, NO_CONTEXT_SETTINGS } from '../settings/context-settings.ts';
import { methodChange } from '../settings/method-changes.ts';
import type { ApiDeps } from './deps.ts';

/**
 * Keeps the settings of a context and puts them in force: its connection is made anew, and where the method changed
 * what was computed before is computed again in the background, with the reason in the audit.
 */
export async function saveContextSettings(
  context: string,
  change: (before: ContextSettings) => ContextSettings,
  deps: ApiDeps,
): Promise<ContextSettings> {
  const before = deps.contextSettings.value[context] ?? NO_CONTEXT_SETTINGS;
  const after = change(before);
  checkMethod(after, before);
  await deps.contextSettings.update((all) => ({ ...all, [context]: after }));
  deps.collecting.refresh(context);
  deps.changes.publish({ kind: 'contexts' });
  const restated = methodChange(before, after);
  const { clusterId } = deps.stateOf(context);
  if (restated !== null && clusterId !== null) deps.restating.after(clusterId, restated.cause, restated.reason);
  return after;
}
