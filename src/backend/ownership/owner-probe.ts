import { uptime } from 'node:os';
import type { OwnerRecord } from './owner-record.ts';

const PROBE_TIMEOUT_MILLISECONDS = 3000;

/** What is found out about an owner that a lock file names. */
export interface OwnerProbe {
  isRunning(pid: number): boolean;
  /** 'refused' where nobody, or somebody else, is at the address; 'silent' where someone is there and doesn't answer. */
  ask(address: string, token: string): Promise<'answers' | 'refused' | 'silent'>;
  /** Epoch milliseconds. */
  bootedAt(): number;
}

/** Tokens of the folders that this process owns, to tell them from the locks of an earlier process of its number. */
export const tokensHeldHere = new Set<string>();

export const systemProbe: OwnerProbe = { isRunning, ask, bootedAt: () => Date.now() - uptime() * 1000 };

/**
 * True while the owner may still write to the folder. A dead process, a lock from before the last boot, and an address
 * where nobody knows the token are not alive. An owner that is busy and silent is: it may write again any moment.
 */
export async function isAlive(owner: OwnerRecord, probe: OwnerProbe): Promise<boolean> {
  if (owner.pid === process.pid) return tokensHeldHere.has(owner.token);
  if (!probe.isRunning(owner.pid)) return false;
  // The boot time is only known to about a second.
  if (Date.parse(owner.startedAt) < probe.bootedAt() - 5000) return false;
  if (owner.address === null) return true;
  return (await probe.ask(owner.address, owner.token)) !== 'refused';
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it is there, and belongs to somebody else.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

async function ask(address: string, token: string): Promise<'answers' | 'refused' | 'silent'> {
  try {
    const answer = await fetch(new URL('/rpc/system/version', address), {
      headers: { authorization: `Bearer ${token}` },
      redirect: 'manual',
      signal: AbortSignal.timeout(PROBE_TIMEOUT_MILLISECONDS),
    });
    await answer.body?.cancel();
    return answer.status === 200 ? 'answers' : 'refused';
  } catch (error) {
    return error instanceof Error && error.name === 'TimeoutError' ? 'silent' : 'refused';
  }
}
