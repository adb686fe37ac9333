import type { Terminal } from '../terminal.ts';

const BAR_WIDTH = 24;

/** A line on stderr that is drawn over itself while somebody watches; nothing where nobody does. */
export interface ProgressLine {
  show(text: string): void;
  /** The same with a bar before it: `done` of `total`. */
  showShare(text: string, done: number, total: number): void;
  clear(): void;
}

export function progressLine(terminal: Terminal): ProgressLine {
  const nothing = () => undefined;
  if (!terminal.isInteractive) return { show: nothing, showShare: nothing, clear: nothing };
  const show = (text: string) => terminal.writeError(`\r\u001b[K${text}`);
  return {
    show,
    showShare: (text, done, total) => show(`${progressBar(done, total)} ${text}`),
    clear: () => terminal.writeError('\r\u001b[K'),
  };
}

/** `[======>                 ]  27 %` */
export function progressBar(done: number, total: number): string {
  const share = total <= 0 ? 0 : Math.min(1, Math.max(0, done / total));
  const filled = Math.floor(share * BAR_WIDTH);
  const bar = filled === BAR_WIDTH ? '='.repeat(BAR_WIDTH) : `${'='.repeat(filled)}>`.padEnd(BAR_WIDTH);
  return `[${bar}] ${String(Math.floor(share * 100)).padStart(3)} %`;
}
