import { Outlet } from '@tanstack/react-router';
import { SideBar } from './SideBar.tsx';
import { TopBar } from './TopBar.tsx';

/** Side bar, top bar and the page between them; only the page scrolls. */
export function Frame() {
  return (
    <div className="grid h-full grid-cols-[48px_minmax(0,1fr)] grid-rows-[48px_minmax(0,1fr)] mid:grid-cols-[208px_minmax(0,1fr)]">
      <SideBar />
      <TopBar />
      <main className="min-w-0 overflow-auto">
        <Outlet />
      </main>
    </div>
  );
}
