import { afterAll } from 'vitest';

/** Adds up what the stores of one test file held when they went, and says it at the end. */
export class RowCounts {
  readonly #rows = new Map<string, number>();
  #stores = 0;
  #version = 'no server';

  constructor() {
    afterAll(() => {
      const counts = [...this.#rows].map(([table, rows]) => `${table} ${rows.toLocaleString('en')}`).sort();
      process.stdout.write(`${this.#version}: ${this.#stores} stores held, in rows: ${counts.join(', ')}\n`);
    });
  }

  /** `version` as the server says it. */
  add(version: string, tables: Iterable<readonly [table: string, rows: number]>): void {
    this.#version = version;
    this.#stores += 1;
    for (const [table, rows] of tables) {
      if (rows > 0) this.#rows.set(table, (this.#rows.get(table) ?? 0) + rows);
    }
  }
}
