import type { ReactNode } from 'react';
import { cx } from './class-names.ts';

/**
 * The scrolling body of a page: header, then panels 12 px apart. With `fills` it takes the height of the window from
 * 1101 px up, and its panels scroll inside; below a height at which that works the page scrolls as a whole.
 */
export function Page({ children, fills }: { children: ReactNode; fills?: boolean }) {
  return (
    <div
      className={cx(
        'flex min-h-full flex-col gap-3 px-4 pt-3 pb-4 mid:px-6 mid:pt-4 mid:pb-6',
        fills === true && 'mid:h-full mid:min-h-160',
      )}
    >
      {children}
    </div>
  );
}
