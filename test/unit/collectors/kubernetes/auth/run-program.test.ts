import { describe, expect, it } from 'vitest';
import { runProgram } from '../../../../../src/collectors/kubernetes/auth/run-program.ts';

const run = (script: string, more: Partial<Parameters<typeof runProgram>[0]> = {}) =>
  runProgram({
    command: 'sh',
    args: ['-c', script],
    env: { PATH: process.env.PATH },
    timeoutMilliseconds: 5_000,
    signal: new AbortController().signal,
    ...more,
  });

describe('runProgram', () => {
  it('tells how it ended and what it said', async () => {
    expect(await run('echo out; echo err >&2; exit 3')).toEqual({
      kind: 'exited',
      code: 3,
      stdout: 'out\n',
      stderr: 'err\n',
    });
    expect(await run('kill -TERM $$')).toMatchObject({ kind: 'killed', signal: 'SIGTERM' });
    expect(await run('', { command: '/nonexistent/x' })).toEqual({ kind: 'not-started', errorCode: 'ENOENT' });
    expect(await run('', { command: '/etc' })).toEqual({ kind: 'not-started', errorCode: 'EACCES' });
  });

  it('gives it no input and only the environment that it was told', async () => {
    expect(await run('cat; echo "[$HOME$SECRET]"')).toMatchObject({ stdout: '[]\n' });
  });

  it('keeps at most 1 MiB of what it says', async () => {
    const end = await run('yes | head -c 3000000');
    expect(end.kind === 'exited' && end.stdout.length).toBe(1_048_576);
  });

  it('ends it at the limit, and keeps what it complained of', async () => {
    expect(await run('echo waiting >&2; sleep 30', { timeoutMilliseconds: 200 })).toEqual({
      kind: 'timed-out',
      stderr: 'waiting\n',
    });
  });

  it('ends it when asked to, also before it began', async () => {
    expect(await run('sleep 30', { signal: AbortSignal.abort() })).toEqual({ kind: 'aborted' });
    const controller = new AbortController();
    const running = run('sleep 30', { signal: controller.signal });
    controller.abort();
    expect(await running).toEqual({ kind: 'aborted' });
  });
});
