import { useEffect } from 'react';

const TYPING =
  'input, textarea, select, [contenteditable="true"], [role="dialog"], [role="alertdialog"], [role="menu"], [role="listbox"]';

/** Name of a key press: `r`, `[`, `mod+shift+k` (Ctrl or ⌘). */
export function nameOfKey(event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>): string {
  const mod = event.ctrlKey || event.metaKey;
  const shift = event.shiftKey && mod;
  return `${mod ? 'mod+' : ''}${shift ? 'shift+' : ''}${event.altKey ? 'alt+' : ''}${event.key.toLowerCase()}`;
}

/** Keys that work on the whole page; keys of one letter rest while a person types or something floats. */
export function useShortcuts(keys: Readonly<Record<string, () => void>>): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented) return;
      const name = nameOfKey(event);
      const action = keys[name];
      if (action === undefined) return;
      const { target } = event;
      if (!name.startsWith('mod+') && target instanceof Element && target.closest(TYPING) !== null) return;
      event.preventDefault();
      action();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [keys]);
}
