import { randomBytes } from 'node:crypto';
import { mkdir, rm, stat } from 'node:fs/promises';
import { Failure } from '../../model/failure.ts';
import { createExclusive, replaceWhole } from './exclusive-file.ts';
import { isAlive, type OwnerProbe, systemProbe, tokensHeldHere } from './owner-probe.ts';
import { lockFileOf, type OwnerRecord, readOwnerRecord } from './owner-record.ts';

// Taking over takes milliseconds: a claim this old was left by a process that died on the way.
const STALE_CLAIM_MILLISECONDS = 10_000;
const MAX_ATTEMPTS = 3;

/** The right to write to a data folder, until it is released. */
export interface Ownership {
  /** Bearer token that the owner's HTTP host must accept from other commands. */
  readonly token: string;
  /** Tells other commands where the owner answers, for example `http://127.0.0.1:8700`. */
  announce(address: string): Promise<void>;
  release(): Promise<void>;
}

/** The owner of a data folder that answers now, or null. Never changes anything. */
export async function findOwner(dataDir: string, probe: OwnerProbe = systemProbe): Promise<OwnerRecord | null> {
  const record = await readOwnerRecord(dataDir);
  if (record === null || record === 'damaged') return null;
  return (await isAlive(record, probe)) ? record : null;
}

/**
 * Makes this process the one owner of a data folder; makes the folder if it isn't there. Locks that nobody stands
 * behind any more are taken over.
 * @throws Failure 'conflict' that names the address of a living owner; 'store' where the folder can't be written
 */
export async function takeOwnership(dataDir: string, probe: OwnerProbe = systemProbe): Promise<Ownership> {
  const record: OwnerRecord = {
    pid: process.pid,
    address: null,
    token: randomBytes(32).toString('base64url'),
    startedAt: new Date().toISOString(),
  };
  // Known before the lock is there, so that nothing in this process takes it for a stale one.
  tokensHeldHere.add(record.token);
  try {
    await mkdir(dataDir, { recursive: true, mode: 0o700 });
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
      if (await createExclusive(lockFileOf(dataDir), JSON.stringify(record))) return ownershipOf(dataDir, record);
      await removeStaleLock(dataDir, probe);
    }
    throw new Failure('conflict', `Another Podwatt is starting on ${dataDir}`, { hint: 'Try again in a moment.' });
  } catch (error) {
    tokensHeldHere.delete(record.token);
    throw error instanceof Failure ? error : notWritable(dataDir, error);
  }
}

/** Removes the lock of a dead owner. Only one process at a time may, or one could remove the lock another just took. */
async function removeStaleLock(dataDir: string, probe: OwnerProbe): Promise<void> {
  const claim = `${lockFileOf(dataDir)}.claim`;
  const claimed = await createExclusive(claim, String(process.pid));
  if (!claimed) {
    const age = await stat(claim).then(
      (stats) => Date.now() - stats.mtimeMs,
      () => 0,
    );
    if (age > STALE_CLAIM_MILLISECONDS) await rm(claim, { force: true });
    await new Promise((done) => setTimeout(done, 100));
    return;
  }
  try {
    const owner = await readOwnerRecord(dataDir);
    if (owner !== null && owner !== 'damaged' && (await isAlive(owner, probe))) throw busy(dataDir, owner);
    await rm(lockFileOf(dataDir), { force: true });
  } finally {
    await rm(claim, { force: true });
  }
}

function ownershipOf(dataDir: string, record: OwnerRecord): Ownership {
  const file = lockFileOf(dataDir);
  const isOurs = async () => {
    const now = await readOwnerRecord(dataDir);
    return now !== null && now !== 'damaged' && now.token === record.token;
  };
  return {
    token: record.token,
    announce: async (address) => {
      if (!(await isOurs())) throw new Failure('conflict', `The lock of ${dataDir} was taken over`);
      await replaceWhole(file, JSON.stringify({ ...record, address }));
    },
    release: async () => {
      tokensHeldHere.delete(record.token);
      if (await isOurs()) await rm(file, { force: true });
    },
  };
}

function busy(dataDir: string, owner: OwnerRecord): Failure {
  if (owner.address === null) {
    return new Failure('conflict', `Another Podwatt (process ${owner.pid}) is working on ${dataDir}`, {
      hint: 'Wait until it is done, or choose another folder with --data-dir.',
    });
  }
  return new Failure('conflict', `Podwatt already runs on ${dataDir}, at ${owner.address}`, {
    hint: 'Open that address, stop it first, or choose another folder with --data-dir.',
  });
}

function notWritable(dataDir: string, cause: unknown): Failure {
  const reason = cause instanceof Error && 'code' in cause ? ` (${String(cause.code)})` : '';
  return new Failure('store', `The data folder ${dataDir} can't be written${reason}`, {
    cause,
    hint: 'Choose another folder with --data-dir.',
  });
}
