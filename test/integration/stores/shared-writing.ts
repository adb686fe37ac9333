import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import * as z from 'zod';
import { openStore } from '../../../src/backend/store/open-store.ts';
import type { StoreSettings } from '../../../src/core/ports/store-settings.ts';
import { ReferenceStore } from '../../contract/storage/reference.ts';
import { CLUSTER } from '../../contract/storage/sample-windows.ts';
import { expectSame } from '../../contract/storage/store-fixture.ts';
import { EVERYTHING, IN_A_ROW, numberedWindow, OF_CLUSTER, storedNumbers } from './numbered-windows.ts';
import type { TargetKind } from './targets.ts';

const Line = z.object({ holder: z.string(), epoch: z.number(), index: z.number(), code: z.string() });
type Line = z.infer<typeof Line>;

/** For a busy machine; whoever takes over ends what a frozen process holds within seconds. */
const PATIENCE_MILLISECONDS = 100_000;

/** A process that writes whenever it has the lease, and what it said so far. */
class Writer {
  readonly holder: string;
  readonly lines: Line[] = [];
  readonly #child: ChildProcess;

  constructor(settings: StoreSettings, holder: string) {
    this.holder = holder;
    const script = resolve(import.meta.dirname, 'writer-child.ts');
    const child = spawn(process.execPath, [script, JSON.stringify(settings), holder], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    createInterface({ input: child.stdout }).on('line', (line) => this.lines.push(Line.parse(JSON.parse(line))));
    this.#child = child;
  }

  get written(): readonly Line[] {
    return this.lines.filter(({ code }) => code === 'no failure');
  }

  /** Until it has written so many more windows. */
  async writes(more: number): Promise<void> {
    const before = this.written.length;
    const deadline = Date.now() + PATIENCE_MILLISECONDS;
    while (this.written.length < before + more) {
      if (this.#child.exitCode !== null) throw new Error(`${this.holder} ended with ${this.#child.exitCode}`);
      if (Date.now() > deadline)
        throw new Error(`${this.holder} wrote too little: ${JSON.stringify(this.lines.slice(-3))}`);
      await sleep(2);
    }
  }

  freeze(): void {
    this.#child.kill('SIGSTOP');
  }

  thaw(): void {
    this.#child.kill('SIGCONT');
  }

  async end(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const exited = once(this.#child, 'exit');
    this.#child.kill('SIGKILL');
    await exited;
  }
}

/**
 * Two processes share a store. The one that writes is frozen past its lease, the other takes over, the first goes on:
 * each window is written by one of them, the ledger has no gap, and sums are those of one writer.
 */
export async function freezeAndThaw(kind: TargetKind, rounds: number): Promise<void> {
  const target = await kind.make();
  const store = await openStore(target.settings);
  const writers = [new Writer(target.settings, 'a'), new Writer(target.settings, 'b')] as const;
  try {
    const [a, b] = writers;
    await Promise.race([a.writes(1), b.writes(1)]);
    for (let round = 0; round < rounds; round += 1) {
      const holder = (await store.listLeases()).find(({ clusterId }) => clusterId === CLUSTER)?.holder;
      const [active, other] = holder === 'a' ? [a, b] : [b, a];
      await active.writes(3);
      await sleep((round * 37) % 53);
      active.freeze();
      await other.writes(5);
      active.thaw();
      await other.writes(5);
    }
    for (const writer of writers) await writer.end();

    // The last window may have been written without its writer having been told.
    const count = await storedNumbers(store, IN_A_ROW);
    const ledger = await store.listLedger(CLUSTER, EVERYTHING);
    const stored = ledger.map(({ reason }) => reason);
    const said = new Map<number, string[]>();
    for (const { index, holder, epoch } of writers.flatMap(({ written }) => written)) {
      said.set(index, [...(said.get(index) ?? []), `${holder} ${epoch}`]);
    }
    for (const [index, by] of said) expect(by, `window ${index}`).toEqual([stored[index]]);
    expect(said.size).toBeGreaterThanOrEqual(count - 1 - rounds);
    const epochs = stored.map((reason) => Number(reason?.split(' ')[1]));
    expect(epochs).toEqual([...epochs].sort((left, right) => left - right));
    expect(new Set(epochs).size).toBeGreaterThan(rounds);
    const failures = new Set(writers.flatMap(({ lines }) => lines.map(({ code }) => code)));
    for (const code of failures) expect(['open', 'no failure', 'conflict', 'store-away', 'store']).toContain(code);

    const reference = new ReferenceStore();
    for (let index = 0; index < count; index += 1) reference.replace(numberedWindow(index, IN_A_ROW));
    expectSame(await store.totals(OF_CLUSTER, EVERYTHING), reference.totals(OF_CLUSTER, EVERYTHING));
    expect(await store.verify()).toEqual([]);
  } finally {
    for (const writer of writers) await writer.end();
    await store.close();
    await target.remove();
  }
}
