import { ChevronRight } from 'lucide-react';
import { Fragment } from 'react';

export interface Crumb {
  readonly label: string;
  readonly onSelect: () => void;
}

/** The path to what is shown; the last part is the page's title. Alt ↑ goes one up (the page binds the key). */
export function Breadcrumb({ path, current }: { path: readonly Crumb[]; current: string }) {
  return (
    <nav aria-label="Path" className="flex min-w-0 items-center gap-1.5">
      {path.map((crumb) => (
        <Fragment key={crumb.label}>
          <button
            type="button"
            onClick={crumb.onSelect}
            className="truncate rounded-1 text-title text-fg-2 hover:text-fg-1"
          >
            {crumb.label}
          </button>
          <ChevronRight aria-hidden="true" className="size-3.5 shrink-0 text-fg-3" />
        </Fragment>
      ))}
      <h1 className="truncate text-page font-strong">{current}</h1>
    </nav>
  );
}
