import { Outlet, useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useShortcuts } from '../shortcuts.ts';
import { StoreBanner } from '../store/StoreBanner.tsx';
import { keptSearch } from '../view/kept-search.ts';
import { SideBar } from './SideBar.tsx';
import { TopBar } from './TopBar.tsx';

/** Side bar, top bar and the page between them; only the page scrolls. */
export function Frame() {
  const navigate = useNavigate();
  useShortcuts(
    useMemo(
      () => ({
        'mod+,': () =>
          void navigate({ to: '/settings', search: (before: Record<string, unknown>) => keptSearch(before) }),
      }),
      [navigate],
    ),
  );
  return (
    <div className="grid h-full grid-cols-[48px_minmax(0,1fr)] grid-rows-[48px_minmax(0,1fr)] mid:grid-cols-[208px_minmax(0,1fr)]">
      <SideBar />
      <TopBar />
      <div className="flex min-h-0 min-w-0 flex-col">
        <StoreBanner />
        <main className="min-h-0 min-w-0 flex-1 overflow-auto">
          <Outlet />
        </main>
      </div>
    </div>
  );
}
