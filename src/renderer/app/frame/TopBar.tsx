import { ClusterSwitcher } from './ClusterSwitcher.tsx';
import { Freshness } from './Freshness.tsx';
import { RangePicker } from './RangePicker.tsx';
import { ThemeMenu } from './ThemeMenu.tsx';

export function TopBar() {
  return (
    <header className="flex h-12 min-w-0 items-center gap-2 border-b border-line pr-4 pl-3">
      <ClusterSwitcher />
      <span className="min-w-0 flex-1" />
      <Freshness />
      <RangePicker />
      <ThemeMenu />
    </header>
  );
}
