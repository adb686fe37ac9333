import { CalendarX2 } from 'lucide-react';
import type { ReactNode } from 'react';

/** Nothing to show, with the reason and the way on. `actions` are buttons. */
export function EmptyState(props: { title: string; children?: ReactNode; actions?: ReactNode; icon?: ReactNode }) {
  return (
    <div className="flex min-h-40 flex-1 flex-col items-center justify-center gap-2 px-6 py-8 text-center">
      <span className="text-fg-3 [&_svg]:size-5" aria-hidden="true">
        {props.icon ?? <CalendarX2 strokeWidth={1.75} />}
      </span>
      <p className="font-strong">{props.title}</p>
      {props.children !== undefined && <div className="max-w-80 text-small text-fg-2">{props.children}</div>}
      {props.actions !== undefined && <div className="mt-1 flex flex-wrap justify-center gap-2">{props.actions}</div>}
    </div>
  );
}
