import { setImmediate } from 'node:timers/promises';
import {
  USAGE_COLUMNS,
  type UsageColumn,
  type UsageHours,
  type UsageHoursQuery,
  type UsageKey,
} from '../../../core/ports/usage-hours.ts';
import { Failure } from '../../../model/failure.ts';

const HOUR = 3600;
const MOST_HOURS = 31 * 24;

/** @throws Failure bad-input for a range that isn't whole hours, or longer than 31 days */
export function checkUsageRange({ range: { startSeconds, endSeconds } }: UsageHoursQuery): void {
  const isWhole = startSeconds % HOUR === 0 && endSeconds % HOUR === 0;
  const hours = (endSeconds - startSeconds) / HOUR;
  if (isWhole && hours >= 0 && hours <= MOST_HOURS) return;
  throw new Failure('bad-input', 'Use by hour is told for whole hours, 31 days at most.');
}

/** Figures a line, in the order of USAGE_COLUMNS. */
export const FIGURES = USAGE_COLUMNS.length;
export const PODS = USAGE_COLUMNS.indexOf('podCount');
export const CPU_PEAK = USAGE_COLUMNS.indexOf('cpuPeakPodMillicores');
export const MEMORY_PEAK = USAGE_COLUMNS.indexOf('memoryPeakPodBytes');

/** Lines a piece: what is there is never copied to grow. */
const LINES_A_PIECE = 4096;

interface Piece {
  readonly keys: Int32Array;
  readonly hours: Int32Array;
  readonly figures: Float64Array;
}

/** Lines of `UsageHours` while they are gathered: hours come in order, in each hour any key at most once. */
export class UsageLines {
  readonly #pieces: Piece[] = [];
  #count = 0;

  get count(): number {
    return this.#count;
  }

  /** A line more; answers its figures, all 0, and where they start in it. */
  add(key: number, hour: number): { readonly figures: Float64Array; readonly at: number } {
    const place = this.#count % LINES_A_PIECE;
    if (place === 0) {
      this.#pieces.push({
        keys: new Int32Array(LINES_A_PIECE),
        hours: new Int32Array(LINES_A_PIECE),
        figures: new Float64Array(LINES_A_PIECE * FIGURES),
      });
    }
    const piece = this.#pieces.at(-1);
    if (piece === undefined) throw new RangeError('there is a piece for each line');
    piece.keys[place] = key;
    piece.hours[place] = hour;
    this.#count += 1;
    return { figures: piece.figures, at: place * FIGURES };
  }

  /** All lines by key, then hour; `keys[i]` is what `add` was told as `i`. Nothing is left here. */
  take(keys: readonly UsageKey[]): UsageHours {
    const steps = this.#take(keys);
    let step = steps.next();
    while (step.done !== true) step = steps.next();
    return step.value;
  }

  /** The same a column at a time, so that whatever else the thread has to do goes on in between. */
  async takeInSteps(keys: readonly UsageKey[]): Promise<UsageHours> {
    const steps = this.#take(keys);
    let step = steps.next();
    while (step.done !== true) {
      await setImmediate();
      step = steps.next();
    }
    return step.value;
  }

  *#take(keys: readonly UsageKey[]): Generator<void, UsageHours> {
    const order = keys.map((_, index) => index).sort((left, right) => compareKeys(keys[left], keys[right]));
    const rankOf = new Int32Array(keys.length);
    order.forEach((key, rank) => {
      rankOf[key] = rank;
    });
    const places = this.#places(rankOf);
    yield;
    const keyIndex = new Int32Array(this.#count);
    const hourIndex = new Int32Array(this.#count);
    this.#each((piece, place, line) => {
      keyIndex[places[line] ?? 0] = rankOf[piece.keys[place] ?? 0] ?? 0;
      hourIndex[places[line] ?? 0] = piece.hours[place] ?? 0;
    });
    const column = (figure: number): Float64Array => {
      const values = new Float64Array(this.#count);
      this.#each(({ figures }, place, line) => {
        values[places[line] ?? 0] = figures[place * FIGURES + figure] ?? 0;
      });
      return values;
    };
    const columns: Partial<Record<UsageColumn, Float64Array>> = {};
    for (const [figure, name] of USAGE_COLUMNS.entries()) {
      columns[name] = column(figure);
      yield;
    }
    this.#pieces.length = 0;
    this.#count = 0;
    return {
      keys: order.flatMap((key) => keys[key] ?? []),
      keyIndex,
      hourIndex,
      columns: columns as Record<UsageColumn, Float64Array>,
    };
  }

  /** Where each line goes: those of a key stay in their order. */
  #places(rankOf: Int32Array): Int32Array {
    const next = new Int32Array(rankOf.length + 1);
    this.#each(({ keys }, place) => {
      const rank = (rankOf[keys[place] ?? 0] ?? 0) + 1;
      next[rank] = (next[rank] ?? 0) + 1;
    });
    for (let rank = 1; rank < next.length; rank += 1) next[rank] = (next[rank] ?? 0) + (next[rank - 1] ?? 0);
    const places = new Int32Array(this.#count);
    this.#each(({ keys }, place, line) => {
      const rank = rankOf[keys[place] ?? 0] ?? 0;
      places[line] = next[rank] ?? 0;
      next[rank] = (next[rank] ?? 0) + 1;
    });
    return places;
  }

  #each(visit: (piece: Piece, place: number, line: number) => void): void {
    for (let line = 0; line < this.#count; line += 1) {
      const piece = this.#pieces[Math.floor(line / LINES_A_PIECE)];
      if (piece !== undefined) visit(piece, line % LINES_A_PIECE, line);
    }
  }
}

/** The buffers of an answer: they can change hands between threads. */
export function buffersOf({ keyIndex, hourIndex, columns }: UsageHours): ArrayBuffer[] {
  return [keyIndex, hourIndex, ...Object.values(columns)].map(({ buffer }) => buffer as ArrayBuffer);
}

const ORDER = ['namespace', 'ownerKind', 'ownerName', 'team', 'node'] as const satisfies readonly (keyof UsageKey)[];

/** By namespace, owner, team, node; none comes first. */
function compareKeys(left: UsageKey | undefined, right: UsageKey | undefined): number {
  for (const field of ORDER) {
    const [one, other] = [left?.[field] ?? '', right?.[field] ?? ''];
    if (one !== other) return one < other ? -1 : 1;
  }
  return 0;
}
