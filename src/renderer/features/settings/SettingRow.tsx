import type { ReactNode } from 'react';

/** One setting in a panel: what it is and does at the left, its control at the right. Rows are split by hairlines. */
export function SettingRow(props: { name: ReactNode; about: ReactNode; children: ReactNode }) {
  return (
    <div className="grid items-start gap-x-6 gap-y-2 border-t border-line px-4 py-3 first:border-t-0 mid:grid-cols-[minmax(0,1fr)_320px]">
      <div className="min-w-0">
        <div className="font-medium">{props.name}</div>
        <div className="text-small text-fg-2">{props.about}</div>
      </div>
      <div className="flex min-w-0 flex-col items-start gap-1">{props.children}</div>
    </div>
  );
}
