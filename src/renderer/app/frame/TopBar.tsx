import { useLocation } from '@tanstack/react-router';
import { ReadOnlyChip } from '../store/ReadOnlyChip.tsx';
import { ClusterSwitcher } from './ClusterSwitcher.tsx';
import { Freshness } from './Freshness.tsx';
import { RangePicker } from './RangePicker.tsx';
import { ThemeMenu } from './ThemeMenu.tsx';

/** Cluster, freshness and range of all pages of figures; the settings have neither a range nor an age. */
export function TopBar() {
  const { pathname } = useLocation();
  const hasRange = !pathname.startsWith('/settings');
  return (
    <header className="flex h-12 min-w-0 items-center gap-2 border-b border-line pr-4 pl-3">
      <ClusterSwitcher />
      <span className="min-w-0 flex-1" />
      <ReadOnlyChip />
      {hasRange && (
        <>
          <Freshness />
          <RangePicker />
        </>
      )}
      <ThemeMenu />
    </header>
  );
}
