import type { ReactNode } from 'react';

/** Title, period, actions at the right. `title` may be a Breadcrumb in place of words. */
export function PageHeader({ title, note, actions }: { title: ReactNode; note?: ReactNode; actions?: ReactNode }) {
  return (
    <div className="flex min-h-7 shrink-0 flex-wrap items-center gap-x-2 gap-y-1">
      {typeof title === 'string' ? <h1 className="text-page font-strong">{title}</h1> : title}
      {note !== undefined && <span className="min-w-0 truncate pt-1 text-small text-fg-3">{note}</span>}
      <span className="min-w-0 flex-1" />
      {actions !== undefined && <div className="flex items-center gap-2">{actions}</div>}
    </div>
  );
}
