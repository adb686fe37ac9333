import type { ReactNode } from 'react';

/** The scrolling body of a page: header, then panels 12 px apart. */
export function Page({ children }: { children: ReactNode }) {
  return <div className="flex min-h-full flex-col gap-3 px-4 pt-3 pb-4 mid:px-6 mid:pt-4 mid:pb-6">{children}</div>;
}
