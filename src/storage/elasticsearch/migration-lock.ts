import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { Failure } from '../../model/failure.ts';
import type { EpochSeconds } from '../../model/time.ts';
import { isoOf, secondsOf } from '../sql/instants.ts';
import { wait } from './back-off.ts';
import type { Found, Requests } from './requests.ts';

const LOCK = 'migration-lock';
/** A holder that is alive shows it more often than this; one that is silent for so long is taken to be gone. */
const SILENCE_SECONDS = 10;
const BEAT_MILLISECONDS = 2000;
const WAIT_MILLISECONDS = 250;
/** Clocks of two machines may differ by so much. */
const SKEW_SECONDS = 60;

const Lock = z.object({ holder: z.string(), expires_at: z.string() });

/** Time as the lock sees it. */
export interface LockTime {
  now(): EpochSeconds;
  wait(milliseconds: number): Promise<void>;
  /** Calls again and again; answers what ends it. */
  every(milliseconds: number, call: () => void): () => void;
}

/** The time of this machine. */
export function realTime(now: () => EpochSeconds): LockTime {
  return {
    now,
    wait: (milliseconds) => wait(milliseconds),
    every: (milliseconds, call) => {
      const timer = setInterval(call, milliseconds);
      timer.unref();
      return () => clearInterval(timer);
    },
  };
}

/** The right to migrate, until it is given back. */
export interface MigrationLock {
  /** Throws `Failure` conflict where the lock has become another's, which does the work anew. */
  mayGoOn(): Promise<void>;
  release(): Promise<void>;
}

/**
 * Takes the lock, or waits for it. One that was left behind, by a holder that was killed, is free after some seconds in
 * which nobody touched it: that is seen without comparing clocks.
 */
export async function takeMigrationLock(requests: Requests, meta: string, time: LockTime): Promise<MigrationLock> {
  const holder = randomUUID();
  let seen = { seqNo: -1, atSeconds: time.now() };
  for (;;) {
    const found = await requests.get(meta, LOCK);
    if (found !== null && found.seqNo !== seen.seqNo) seen = { seqNo: found.seqNo, atSeconds: time.now() };
    const isFree =
      found === null ||
      secondsOf(Lock.parse(found.source).expires_at) + SKEW_SECONDS <= time.now() ||
      time.now() - seen.atSeconds >= SILENCE_SECONDS;
    const held = isFree ? await requests.compareAndSet(meta, LOCK, found, lockOf(holder, time)) : null;
    if (held !== null) return new HeldLock(requests, meta, time, holder, held);
    await time.wait(WAIT_MILLISECONDS);
  }
}

function lockOf(holder: string, time: LockTime): z.infer<typeof Lock> {
  return { holder, expires_at: isoOf(time.now() + SILENCE_SECONDS) };
}

class HeldLock implements MigrationLock {
  readonly #requests: Requests;
  readonly #meta: string;
  readonly #time: LockTime;
  readonly #holder: string;
  readonly #stopBeating: () => void;
  /** Null once it is another's. */
  #held: Found | null;
  #beating: Promise<void> = Promise.resolve();

  constructor(requests: Requests, meta: string, time: LockTime, holder: string, held: Found) {
    this.#requests = requests;
    this.#meta = meta;
    this.#time = time;
    this.#holder = holder;
    this.#held = held;
    this.#stopBeating = time.every(BEAT_MILLISECONDS, () => {
      // A beat that fails is not the end of the lock: the next one may come through in time.
      this.#beating = this.#beating.then(() => this.#beat()).catch(() => undefined);
    });
  }

  async mayGoOn(): Promise<void> {
    await this.#beating;
    if (this.#held !== null) return;
    throw new Failure('conflict', 'Another Podwatt began to bring this store up to date.', {
      hint: 'It goes on with it. Start this one again afterwards.',
    });
  }

  async release(): Promise<void> {
    this.#stopBeating();
    await this.#beating;
    if (this.#held === null) return;
    const free = { holder: this.#holder, expires_at: isoOf(0) };
    await this.#requests.compareAndSet(this.#meta, LOCK, this.#held, free);
  }

  async #beat(): Promise<void> {
    if (this.#held === null) return;
    const beaten = await this.#requests.compareAndSet(this.#meta, LOCK, this.#held, lockOf(this.#holder, this.#time));
    this.#held = beaten ?? (await this.#stillOurs());
  }

  /** A beat whose answer was lost is refused when it is sent again: the lock is ours all the same. */
  async #stillOurs(): Promise<Found | null> {
    const found = await this.#requests.get(this.#meta, LOCK);
    return found !== null && Lock.parse(found.source).holder === this.#holder ? found : null;
  }
}
