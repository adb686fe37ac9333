import { Notice } from '../ui/Notice.tsx';
import type { PanelState } from '../ui/Panel.tsx';

/** What is missing or old, and the way to ask again, above panels that share one answer; nothing where all is well. */
export function StaleNotice({ state }: { readonly state: PanelState }) {
  if (state.kind !== 'partial') return null;
  return (
    <Notice tone={state.tone ?? 'warn'} action={state.action} className="shrink-0">
      {state.message}
    </Notice>
  );
}
