import { describe, expect, it } from 'vitest';
import { progressBar, progressLine } from '../../../src/cli/output/progress-line.ts';
import type { Terminal } from '../../../src/cli/terminal.ts';

function terminalOf(isInteractive: boolean) {
  const written: string[] = [];
  const terminal: Terminal = {
    env: {},
    workingDir: '/',
    isInteractive,
    write: async () => undefined,
    writeError: (text) => void written.push(text),
    stopSignal: new AbortController().signal,
  };
  return { terminal, written };
}

describe('a progress bar', () => {
  it.each([
    [0, 10, '[>                       ]   0 %'],
    [5, 10, '[============>           ]  50 %'],
    [999, 1000, '[=======================>]  99 %'],
    [10, 10, '[========================] 100 %'],
    [11, 10, '[========================] 100 %'],
    [-1, 10, '[>                       ]   0 %'],
    [0, 0, '[>                       ]   0 %'],
  ])('of %d from %d', (done, total, bar) => {
    expect(progressBar(done, total)).toBe(bar);
  });

  it('is drawn over itself on a terminal, and not at all where nobody watches', () => {
    const watched = terminalOf(true);
    const line = progressLine(watched.terminal);
    line.showShare('windows', 1, 2);
    line.show('almost');
    line.clear();
    expect(watched.written.join('')).toBe(
      '\r\u001b[K[============>           ]  50 % windows\r\u001b[Kalmost\r\u001b[K',
    );
    const piped = terminalOf(false);
    const none = progressLine(piped.terminal);
    none.showShare('windows', 1, 2);
    none.clear();
    expect(piped.written).toEqual([]);
  });
});
