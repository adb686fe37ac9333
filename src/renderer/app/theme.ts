import { useCallback, useSyncExternalStore } from 'react';

export type ThemeChoice = 'system' | 'light' | 'dark';

const KEY = 'podwatt:theme';
const listeners = new Set<() => void>();

/** The choice of the person; the colours that follow from it are on `data-theme` of the root element. */
export function readTheme(): ThemeChoice {
  const kept = localStorage.getItem(KEY);
  return kept === 'light' || kept === 'dark' ? kept : 'system';
}

export function applyTheme(choice: ThemeChoice): void {
  if (choice === 'system') localStorage.removeItem(KEY);
  else localStorage.setItem(KEY, choice);
  paint();
  for (const listener of [...listeners]) listener();
}

function paint(): void {
  const choice = readTheme();
  const dark = choice === 'dark' || (choice === 'system' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.dataset.theme = dark ? 'dark' : 'light';
}

/** Keeps `data-theme` true while the system changes; called once at the start. */
export function followSystemTheme(): void {
  paint();
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', paint);
}

export function useTheme(): ThemeChoice {
  const subscribe = useCallback((listener: () => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, []);
  return useSyncExternalStore(subscribe, readTheme);
}
