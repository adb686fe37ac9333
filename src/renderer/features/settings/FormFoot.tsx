import { Check } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from '../../ui/Button.tsx';

/** Foot of a form in a panel: what saving does or did, further deeds, Save last. */
export function FormFoot(props: {
  note: string;
  isSaved: boolean;
  canSave: boolean;
  actions?: ReactNode;
  /** Words of the button; Save where left out. */
  label?: string;
  /** Only where something was typed. */
  onCancel?: () => void;
}) {
  return (
    <footer className="flex min-h-12 flex-wrap items-center gap-2 border-t border-line px-4 py-2">
      <span role="status" className="flex min-w-0 flex-1 items-center gap-1.5 text-small text-fg-2">
        {props.isSaved && <Check aria-hidden="true" className="size-4 shrink-0 text-good" />}
        {props.note}
      </span>
      {props.actions}
      {props.onCancel !== undefined && (
        <Button kind="ghost" onClick={props.onCancel}>
          Undo changes
        </Button>
      )}
      <Button kind="primary" type="submit" disabled={!props.canSave}>
        {props.label ?? 'Save'}
      </Button>
    </footer>
  );
}
