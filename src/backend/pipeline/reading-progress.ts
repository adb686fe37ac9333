import type { Failure } from '../../model/failure.ts';
import type { WindowResult } from '../../model/results.ts';
import { Latest } from '../changes/latest.ts';
import type { Timers } from '../scheduler/timers.ts';
import type { CollectObserver } from './observer.ts';

export interface PhaseState {
  readonly name: 'inventory' | 'usage' | 'attribution' | 'grid' | 'cost';
  readonly state: 'waiting' | 'running' | 'done' | 'failed' | 'stopped';
  readonly done: number;
  readonly total: number;
  readonly unit: 'windows' | 'objects';
  readonly detail: string;
}

/** How far a reading is. Grams are operational + embodied, of all rows stored so far. */
export interface ReadingState {
  readonly state: 'idle' | 'running' | 'done' | 'failed' | 'stopped';
  readonly phases: readonly PhaseState[];
  readonly windowsDone: number;
  readonly windowsTotal: number;
  readonly windowsWithoutData: number;
  readonly secondsLeft: number | null;
  readonly soFar: {
    readonly co2eGrams: number;
    readonly lowGrams: number;
    readonly highGrams: number;
    readonly hours: number;
  };
  readonly message: { readonly message: string; readonly hint: string | null } | null;
}

const IDLE: ReadingState = {
  state: 'idle',
  phases: [],
  windowsDone: 0,
  windowsTotal: 0,
  windowsWithoutData: 0,
  secondsLeft: null,
  soFar: { co2eGrams: 0, lowGrams: 0, highGrams: 0, hours: 0 },
  message: null,
};

/** Keeps the state of one reading; the pipeline tells it, streams follow `latest`. */
export class ReadingProgress implements CollectObserver {
  readonly latest = new Latest<ReadingState>(IDLE);
  readonly #timers: Timers;
  #startedMilliseconds = 0;
  #objects = 0;

  constructor(timers: Timers) {
    this.#timers = timers;
  }

  get isRunning(): boolean {
    return this.latest.value.state === 'running';
  }

  started(): void {
    this.#startedMilliseconds = this.#timers.nowMilliseconds();
    this.#objects = 0;
    this.#set({ ...IDLE, state: 'running' });
  }

  inventoryRead(objectCount: number): void {
    this.#objects = objectCount;
    this.#set(this.latest.value);
  }

  planned(windowCount: number): void {
    this.#set({ ...this.latest.value, windowsTotal: this.latest.value.windowsTotal + windowCount });
  }

  added(windowCount: number): void {
    this.planned(windowCount);
  }

  closed(result: WindowResult): void {
    const before = this.latest.value;
    const windowsDone = before.windowsDone + 1;
    const windowsTotal = Math.max(before.windowsTotal, windowsDone);
    const isEmpty = result.entry.state === 'no-data';
    const elapsedSeconds = (this.#timers.nowMilliseconds() - this.#startedMilliseconds) / 1000;
    this.#set({
      ...before,
      windowsDone,
      windowsTotal,
      windowsWithoutData: before.windowsWithoutData + (isEmpty ? 1 : 0),
      secondsLeft: (elapsedSeconds / windowsDone) * (windowsTotal - windowsDone),
      soFar: isEmpty ? before.soFar : withResult(before.soFar, result),
    });
  }

  /** Says why a running reading stands still; null: it goes on. */
  waiting(message: ReadingState['message']): void {
    if (this.isRunning && this.latest.value.message?.message !== message?.message) {
      this.#set({ ...this.latest.value, message });
    }
  }

  finished(): void {
    this.#end('done', null);
  }

  stopped(): void {
    this.#end('stopped', null);
  }

  failed(failure: Failure): void {
    this.#end('failed', { message: failure.message, hint: failure.hint });
  }

  #end(state: 'done' | 'stopped' | 'failed', message: ReadingState['message']): void {
    if (this.isRunning) this.#set({ ...this.latest.value, state, message, secondsLeft: null });
  }

  #set(next: ReadingState): void {
    this.latest.set({ ...next, phases: phasesOf(next, this.#objects) });
  }
}

function withResult(soFar: ReadingState['soFar'], result: WindowResult): ReadingState['soFar'] {
  let { co2eGrams, lowGrams, highGrams } = soFar;
  for (const row of result.rows) {
    co2eGrams += row.co2eGrams + row.embodiedCo2eGrams;
    lowGrams += row.co2eLowGrams + row.embodiedLowGrams;
    highGrams += row.co2eHighGrams + row.embodiedHighGrams;
  }
  return { co2eGrams, lowGrams, highGrams, hours: soFar.hours + result.entry.window.durationSeconds / 3600 };
}

/** Windows are read, attributed and priced one by one, so those phases go in step. */
function phasesOf(state: ReadingState, objects: number): PhaseState[] {
  const ended = state.state === 'running' || state.state === 'idle' ? null : state.state;
  const windows = { done: state.windowsDone, total: state.windowsTotal, unit: 'windows' } as const;
  const hasInventory = objects > 0;
  const inventoryState = hasInventory ? 'done' : (ended ?? 'running');
  const windowsState = ended ?? (hasInventory ? 'running' : 'waiting');
  const tables = 'Bundled tables';
  return [
    {
      name: 'inventory',
      state: inventoryState,
      done: objects,
      total: objects,
      unit: 'objects',
      detail: 'Nodes and pods',
    },
    { name: 'usage', state: windowsState, ...windows, detail: 'CPU, memory and network of every pod' },
    { name: 'attribution', state: windowsState, ...windows, detail: 'Energy of each node shared among its pods' },
    { name: 'grid', state: windowsState, ...windows, detail: tables },
    { name: 'cost', state: windowsState, ...windows, detail: tables },
  ];
}
