import { Monitor, Moon, Sun } from 'lucide-react';
import type { ThemeChoice } from '../theme.ts';

export const THEMES: readonly { key: ThemeChoice; label: string; Icon: typeof Sun }[] = [
  { key: 'system', label: 'As the system', Icon: Monitor },
  { key: 'light', label: 'Light', Icon: Sun },
  { key: 'dark', label: 'Dark', Icon: Moon },
];
