import type * as z from 'zod';
import type { AppState } from '../../core/ports/app-state.ts';

/** One JSON value of the app state, kept in memory and checked when it is read from disk. */
export class StoredValue<T> {
  readonly #state: AppState;
  readonly #key: string;
  #value: T;
  #lastWrite: Promise<void> = Promise.resolve();

  private constructor(state: AppState, key: string, value: T) {
    this.#state = state;
    this.#key = key;
    this.#value = value;
  }

  /** What is stored but no longer has the form that is understood counts as not stored. */
  static async open<T>(state: AppState, key: string, schema: z.ZodType<T>, fallback: T): Promise<StoredValue<T>> {
    const parsed = schema.safeParse(await state.get(key));
    return new StoredValue(state, key, parsed.success ? parsed.data : fallback);
  }

  get value(): T {
    return this.#value;
  }

  /** In force at once, on disk when the answer comes; writes keep their order. */
  async update(change: (before: T) => T): Promise<T> {
    this.#value = change(this.#value);
    const value = this.#value;
    const write = this.#lastWrite.then(() => this.#state.set(this.#key, value));
    this.#lastWrite = write.catch(() => undefined);
    await write;
    return value;
  }
}
