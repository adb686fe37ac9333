import type { Terminal } from '../terminal.ts';

/** A line on stderr that is drawn over itself while somebody watches; nothing where nobody does. */
export interface ProgressLine {
  show(text: string): void;
  clear(): void;
}

export function progressLine(terminal: Terminal): ProgressLine {
  if (!terminal.isInteractive) return { show: () => undefined, clear: () => undefined };
  return {
    show: (text) => terminal.writeError(`\r\u001b[K${text}`),
    clear: () => terminal.writeError('\r\u001b[K'),
  };
}
