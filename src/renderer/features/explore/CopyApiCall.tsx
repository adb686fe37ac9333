import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useIsDesktop } from '../../rpc/provider.tsx';
import { Button } from '../../ui/Button.tsx';
import { apiCall } from './api-call.ts';

interface Props {
  readonly path: string;
  readonly input: Readonly<Record<string, string | number | boolean | undefined>>;
}

/** Address of `podwatt serve` by default; the desktop app has none of its own. */
const USUAL_ORIGIN = 'http://127.0.0.1:8700';
const SHOWN_MS = 2000;

/** Puts the REST call for what is shown on the clipboard. */
export function CopyApiCall({ path, input }: Props) {
  const isDesktop = useIsDesktop();
  const [state, setState] = useState<'idle' | 'copied' | 'refused'>('idle');
  useEffect(() => {
    if (state === 'idle') return;
    const timer = setTimeout(() => setState('idle'), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [state]);
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(apiCall(isDesktop ? USUAL_ORIGIN : window.location.origin, path, input));
      setState('copied');
    } catch {
      setState('refused');
    }
  };
  return (
    <Button kind="ghost" size="small" onClick={() => void copy()}>
      {state === 'copied' ? <Check aria-hidden="true" /> : <Copy aria-hidden="true" strokeWidth={1.75} />}
      <span role="status">
        {state === 'copied' ? 'Copied' : state === 'refused' ? 'Clipboard refused' : 'Copy as API call'}
      </span>
    </Button>
  );
}
