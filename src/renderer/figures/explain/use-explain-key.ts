import { useShortcuts } from '../../app/shortcuts.ts';

/** E on a row or a figure opens how it came about. */
export function useExplainKey(): void {
  useShortcuts(KEYS);
}

const KEYS: Readonly<Record<string, () => void>> = {
  e: () => {
    const around = document.activeElement?.closest('[data-explain], tr, [data-figure]');
    const button = around?.matches('[data-explain]') ? around : around?.querySelector('[data-explain]');
    if (button instanceof HTMLElement) button.click();
  },
};
