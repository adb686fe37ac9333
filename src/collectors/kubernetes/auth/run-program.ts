import { spawn } from 'node:child_process';

interface ProgramOptions {
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly timeoutMilliseconds: number;
  readonly signal: AbortSignal;
}

export type ProgramEnd =
  | { readonly kind: 'exited'; readonly code: number; readonly stdout: string; readonly stderr: string }
  | { readonly kind: 'killed'; readonly signal: string; readonly stderr: string }
  | { readonly kind: 'timed-out'; readonly stderr: string }
  | { readonly kind: 'aborted' }
  | { readonly kind: 'not-started'; readonly errorCode: string };

const MAX_OUTPUT = 1_048_576;
/** A child of the program may hold its output open for ever: after the program ended, this much more is waited. */
const DRAIN_MILLISECONDS = 500;

/** Runs a program in a process group of its own, so that the time limit ends its children too. Never throws. */
export function runProgram(options: ProgramOptions): Promise<ProgramEnd> {
  return new Promise((resolve) => {
    let stdout = '';
    let stderr = '';
    let settled = false;
    const child = spawn(options.command, [...options.args], {
      env: { ...options.env },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: process.platform !== 'win32',
      windowsHide: true,
    });
    const finish = (end: ProgramEnd): void => {
      if (settled) return;
      settled = true;
      clearTimeout(timer);
      options.signal.removeEventListener('abort', onAbort);
      if (end.kind === 'timed-out' || end.kind === 'aborted') killGroup(child.pid);
      child.stdout.destroy();
      child.stderr.destroy();
      resolve(end);
    };
    const onAbort = (): void => finish({ kind: 'aborted' });
    const timer = setTimeout(() => finish({ kind: 'timed-out', stderr }), options.timeoutMilliseconds);
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      stdout = (stdout + chunk).slice(0, MAX_OUTPUT);
    });
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      stderr = (stderr + chunk).slice(0, MAX_OUTPUT);
    });
    child.on('error', (error: NodeJS.ErrnoException) => finish({ kind: 'not-started', errorCode: error.code ?? '' }));
    const ended = (code: number | null, signal: string | null): void =>
      finish(
        code === null ? { kind: 'killed', signal: signal ?? '', stderr } : { kind: 'exited', code, stdout, stderr },
      );
    child.on('close', ended);
    child.on('exit', (code, signal) => setTimeout(() => ended(code, signal), DRAIN_MILLISECONDS).unref());
    if (options.signal.aborted) onAbort();
    else options.signal.addEventListener('abort', onAbort, { once: true });
  });
}

function killGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  if (process.platform === 'win32') {
    spawn('taskkill', ['/pid', String(pid), '/T', '/F'], { stdio: 'ignore', windowsHide: true }).on(
      'error',
      () => undefined,
    );
    return;
  }
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It ended by itself in the meantime.
  }
}
