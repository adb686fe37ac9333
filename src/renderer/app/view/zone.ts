import { useSyncExternalStore } from 'react';

/** IANA name of the computer's time zone. */
export function localZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC';
}

const KEY = 'podwatt:time-zone';
const listeners = new Set<() => void>();

/** Asked for with every drawing, and finding a zone out is slow. */
let found: { readonly kept: string | null; readonly zone: string } | null = null;

/** The zone for addresses that name none: the one from the settings, else the computer's. */
export function defaultZone(): string {
  const kept = localStorage.getItem(KEY);
  if (found === null || found.kept !== kept) {
    found = { kept, zone: kept !== null && isZone(kept) ? kept : localZone() };
  }
  return found.zone;
}

/** Keeps the zone from the settings; null: that of the computer. */
export function applyDefaultZone(zone: string | null): void {
  if (zone === null) localStorage.removeItem(KEY);
  else localStorage.setItem(KEY, zone);
  for (const listener of [...listeners]) listener();
}

export function useDefaultZone(): string {
  return useSyncExternalStore(subscribe, defaultZone);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function isZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
