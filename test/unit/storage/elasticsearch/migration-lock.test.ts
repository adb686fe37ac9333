import { beforeEach, describe, expect, it } from 'vitest';
import { Failure } from '../../../../src/model/failure.ts';
import { type LockTime, takeMigrationLock } from '../../../../src/storage/elasticsearch/migration-lock.ts';
import type { Found, Requests } from '../../../../src/storage/elasticsearch/requests.ts';
import { failureCodeOf } from '../../../contract/storage/store-fixture.ts';

const START = 1_767_225_600;

/** One document that two can want at once. */
class OneDocument {
  found: Found | null = null;
  /** What becomes of the next changes: they get there, their answer is lost, or they fail. */
  readonly fates: ('lose' | 'fail')[] = [];
  #writes = 0;

  async get(): Promise<Found | null> {
    return this.found;
  }

  async compareAndSet(
    _index: string,
    _id: string,
    before: Pick<Found, 'seqNo'> | null,
    source: object,
  ): Promise<Found | null> {
    const fate = this.fates.shift();
    if (fate === 'fail') throw new Failure('store-away', 'cut off');
    if (before?.seqNo !== this.found?.seqNo) return null;
    this.#writes += 1;
    this.found = { source, seqNo: this.#writes, primaryTerm: 1 };
    return fate === 'lose' ? null : this.found;
  }

  get requests(): Requests {
    return this as unknown as Requests;
  }

  get writes(): number {
    return this.#writes;
  }
}

/** Time that goes on only where somebody waits. */
class Waiting implements LockTime {
  seconds = START;
  readonly #beats = new Map<object, { every: number; next: number; call: () => void }>();
  readonly #events: { at: number; call: () => unknown }[] = [];

  now(): number {
    return this.seconds;
  }

  at(afterSeconds: number, call: () => unknown): void {
    this.#events.push({ at: START + afterSeconds, call });
  }

  every(milliseconds: number, call: () => void): () => void {
    const key = {};
    this.#beats.set(key, { every: milliseconds / 1000, next: this.seconds + milliseconds / 1000, call });
    return () => this.#beats.delete(key);
  }

  /** Whoever beats is no more. */
  kill(): void {
    this.#beats.clear();
  }

  async wait(milliseconds: number): Promise<void> {
    this.seconds += milliseconds / 1000;
    for (const event of this.#events.splice(0)) {
      if (event.at <= this.seconds) await event.call();
      else this.#events.push(event);
    }
    for (const beat of this.#beats.values()) {
      if (beat.next > this.seconds) continue;
      beat.next += beat.every;
      beat.call();
    }
    // Lets what was begun come to its end.
    await new Promise((resolve) => setImmediate(resolve));
  }
}

let document: OneDocument;
let time: Waiting;
const take = () => takeMigrationLock(document.requests, 'meta', time);
const waited = () => time.seconds - START;

beforeEach(() => {
  document = new OneDocument();
  time = new Waiting();
});

describe('the lock of a migration', () => {
  it('is taken at once where nobody has it, and given back', async () => {
    const lock = await take();
    await lock.mayGoOn();
    await lock.release();
    await (await take()).release();
    expect(waited()).toBe(0);
  });

  it('stays with its holder for as long as that works, and goes on when it is done', async () => {
    const first = await take();
    time.at(100, () => first.release());
    await (await take()).mayGoOn();
    expect(waited()).toBeGreaterThanOrEqual(100);
    expect(waited()).toBeLessThan(102);
  });

  it('is free some seconds after its holder was killed', async () => {
    await take();
    time.at(30, () => time.kill());
    await (await take()).mayGoOn();
    expect(waited()).toBeGreaterThan(35);
    expect(waited()).toBeLessThan(45);
  });

  it('that was left behind long ago is free at once', async () => {
    await take();
    time.kill();
    time.seconds += 3600;
    await take();
    expect(waited()).toBe(3600);
  });

  it('of a machine whose clock is behind is not taken from it while it works', async () => {
    const first = await take();
    time.at(40, () => first.release());
    const behind = document.found;
    if (behind === null) expect.fail('no lock');
    const clock: LockTime = {
      ...time,
      now: () => time.now() + 50,
      wait: (each) => time.wait(each),
      every: () => () => undefined,
    };
    await takeMigrationLock(document.requests, 'meta', clock);
    expect(waited()).toBeGreaterThanOrEqual(40);
  });

  it('survives a beat that fails, and one whose answer is lost', async () => {
    const first = await take();
    document.fates.push('fail', 'lose');
    const before = document.writes;
    for (let step = 0; step < 40; step += 1) await time.wait(250);
    expect(document.writes - before).toBeGreaterThanOrEqual(3);
    await first.mayGoOn();
    await first.release();
    await take();
    expect(waited()).toBe(10);
  });

  it('that was taken over ends the work of the one before, and stays with the new one', async () => {
    const first = await take();
    const other = { holder: 'other', expires_at: new Date((START + 3600) * 1000).toISOString().replace('.000Z', 'Z') };
    await document.compareAndSet('meta', 'lock', document.found, other);
    for (let step = 0; step < 10; step += 1) await time.wait(250);
    expect(await failureCodeOf(first.mayGoOn())).toBe('conflict');
    await first.release();
    expect(document.found?.source).toEqual(other);
  });
});
