import { Lock } from 'lucide-react';
import { SettingsLink } from './SettingsLink.tsx';
import { useStore } from './store-query.ts';

/** In the top bar while the store takes no writing: figures can be read, nothing is collected. */
export function ReadOnlyChip() {
  const { data } = useStore();
  if (data?.state !== 'read-only') return null;
  return (
    <SettingsLink
      section="storage"
      title={[data.problem, data.hint].filter((part) => part !== null).join(' ') || 'The store can be read only.'}
      className="flex h-7 shrink-0 items-center gap-1.5 rounded-2 bg-surface-2 px-2 text-small font-medium text-fg-2 hover:bg-selected hover:text-fg-1"
    >
      <Lock aria-hidden="true" strokeWidth={1.75} className="size-3.5" />
      <span className="sr-only mid:not-sr-only">Read-only store</span>
    </SettingsLink>
  );
}
