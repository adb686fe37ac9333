import { useCallback, useEffect, useState } from 'react';

const SHOWN_MS = 2000;

/** Puts a text on the clipboard and says for a moment how that went. */
export function useCopied(): ['idle' | 'copied' | 'refused', (text: string) => void] {
  const [state, setState] = useState<'idle' | 'copied' | 'refused'>('idle');
  useEffect(() => {
    if (state === 'idle') return undefined;
    const timer = setTimeout(() => setState('idle'), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [state]);
  const copy = useCallback((text: string) => {
    // Pages that are not served over HTTPS or loopback have no clipboard at all.
    void (async () => {
      try {
        await navigator.clipboard.writeText(text);
        setState('copied');
      } catch {
        setState('refused');
      }
    })();
  }, []);
  return [state, copy];
}
