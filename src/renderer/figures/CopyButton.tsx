import { Check, Copy, type LucideIcon } from 'lucide-react';
import { Button } from '../ui/Button.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import { useCopied } from './use-copied.ts';

interface Props {
  readonly label: string;
  readonly text: () => string;
  /** Only a sign, with its words on hover. */
  readonly Icon?: LucideIcon;
}

/** Puts a text on the clipboard; its words say for a moment whether that went well. */
export function CopyButton({ label, text, Icon }: Props) {
  const [state, copy] = useCopied();
  const said = state === 'copied' ? 'Copied' : 'Clipboard refused';
  if (Icon !== undefined) {
    return (
      <>
        <IconButton label={label} onClick={() => copy(text())}>
          {state === 'copied' ? <Check aria-hidden="true" /> : <Icon aria-hidden="true" strokeWidth={1.75} />}
        </IconButton>
        <span role="status" className={state === 'refused' ? 'text-small text-bad' : 'sr-only'}>
          {state === 'idle' ? '' : said}
        </span>
      </>
    );
  }
  return (
    <Button kind="ghost" size="small" onClick={() => copy(text())}>
      {state === 'copied' ? <Check aria-hidden="true" /> : <Copy aria-hidden="true" strokeWidth={1.75} />}
      <span role="status">{state === 'idle' ? label : said}</span>
    </Button>
  );
}
