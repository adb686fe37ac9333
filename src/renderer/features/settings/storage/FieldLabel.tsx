import type { ReactNode } from 'react';

/** The words above a control that is no text field. */
export function FieldLabel({ label, help, children }: { label: string; help?: string; children: ReactNode }) {
  return (
    <div className="flex min-w-0 flex-col items-start gap-1">
      <span className="text-small font-medium">{label}</span>
      {children}
      {help !== undefined && <span className="text-small text-fg-3">{help}</span>}
    </div>
  );
}
