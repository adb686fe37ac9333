import { readFileSync } from 'node:fs';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { applyTheme, followSystemTheme, readTheme } from '../../../../src/renderer/app/theme.ts';

let systemIsDark = false;
const listeners: (() => void)[] = [];
const painted = () => document.documentElement.dataset.theme;

beforeEach(() => {
  localStorage.clear();
  systemIsDark = false;
  listeners.length = 0;
  vi.stubGlobal('matchMedia', () => ({
    get matches() {
      return systemIsDark;
    },
    addEventListener: (_type: string, listener: () => void) => listeners.push(listener),
  }));
});

describe('theme', () => {
  it('follows the system until a person chooses', () => {
    systemIsDark = true;
    followSystemTheme();
    expect(painted()).toBe('dark');
    systemIsDark = false;
    for (const listener of listeners) listener();
    expect(painted()).toBe('light');
    applyTheme('dark');
    for (const listener of listeners) listener();
    expect(painted()).toBe('dark');
  });

  it('forgets the choice when the system shall decide', () => {
    applyTheme('dark');
    expect(readTheme()).toBe('dark');
    applyTheme('system');
    expect(readTheme()).toBe('system');
    expect(localStorage.length).toBe(0);
    expect(painted()).toBe('light');
  });

  it('takes no strange choice', () => {
    localStorage.setItem('podwatt:theme', 'pink');
    expect(readTheme()).toBe('system');
  });

  it.each([
    ['dark', false, 'dark'],
    ['light', true, 'light'],
    [null, true, 'dark'],
    [null, false, 'light'],
  ])('is painted the same before the app starts: %s with a dark system %s', (choice, dark, expected) => {
    if (choice !== null) localStorage.setItem('podwatt:theme', choice);
    systemIsDark = dark;
    delete document.documentElement.dataset.theme;
    // The script that the page loads first; it is no module, so that it blocks the first paint.
    new Function(readFileSync('src/renderer/public/theme.js', 'utf8'))();
    expect(painted()).toBe(expected);
    followSystemTheme();
    expect(painted()).toBe(expected);
  });
});
