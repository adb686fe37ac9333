import type Database from 'better-sqlite3';
import type { NodeSnapshot, NodeWindowRow } from '../../model/results.ts';
import type { Window } from '../../model/time.ts';
import { nodeFactsOf } from '../sql/node-facts.ts';
import { NODE_WINDOW_COLUMNS, nodeWindowValues } from '../sql/node-window-columns.ts';
import type { Dictionary } from './dictionary.ts';

/** A line as it comes: building an object of each line costs more than finding it. */
type Sighting = readonly [start: number, facts: number];

/** Facts of nodes by window, and what they were. */
export class NodeWriter {
  readonly #dictionary: Dictionary;
  readonly #clearWindows: Database.Statement<[number, number]>;
  readonly #addWindow: Database.Statement<(string | number | null)[]>;
  readonly #seenIn: Database.Statement<[number, number], number>;
  readonly #forgetSighting: Database.Statement<[number, number, number]>;
  readonly #addSighting: Database.Statement<number[]>;
  readonly #before: Database.Statement<[number, number, number], Sighting>;
  readonly #after: Database.Statement<[number, number, number], Sighting>;
  readonly #mark: Database.Statement<number[]>;
  readonly #findFacts: Database.Statement<[string], number>;
  readonly #addFacts: Database.Statement<[string]>;

  constructor(database: Database.Database, dictionary: Dictionary) {
    this.#dictionary = dictionary;
    this.#clearWindows = database.prepare('DELETE FROM node_window_rows WHERE cluster_key = ? AND start_seconds = ?');
    const columns = ['cluster_key', 'node', 'start_seconds', 'duration_seconds', 'curve_id', ...NODE_WINDOW_COLUMNS];
    this.#addWindow = database.prepare(
      `INSERT INTO node_window_rows (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`,
    );
    this.#seenIn = database
      .prepare<[number, number], number>('SELECT node FROM node_sightings WHERE cluster_key = ? AND start_seconds = ?')
      .pluck();
    const where = 'WHERE cluster_key = ? AND node = ? AND start_seconds';
    this.#forgetSighting = database.prepare(`DELETE FROM node_sightings ${where} = ?`);
    this.#addSighting = database.prepare(
      `INSERT INTO node_sightings (cluster_key, node, start_seconds, snapshot_at_seconds, facts_id, changed)
       VALUES (?, ?, ?, ?, ?, 1)`,
    );
    const neighbour = (side: string): Database.Statement<[number, number, number], Sighting> =>
      database
        .prepare<[number, number, number], Sighting>(
          `SELECT start_seconds, facts_id FROM node_sightings ${where} ${side} LIMIT 1`,
        )
        .raw();
    this.#before = neighbour('< ? ORDER BY start_seconds DESC');
    this.#after = neighbour('>= ? ORDER BY start_seconds');
    this.#mark = database.prepare(`UPDATE node_sightings SET changed = ? ${where} = ? AND changed <> ?`);
    this.#findFacts = database.prepare<[string], number>('SELECT id FROM node_facts WHERE facts = ?').pluck();
    this.#addFacts = database.prepare('INSERT INTO node_facts (facts) VALUES (?)');
  }

  /** Puts the facts of a window in the place of those it had. */
  replace(
    cluster: number,
    window: Window,
    nodeWindows: readonly NodeWindowRow[],
    snapshots: readonly NodeSnapshot[],
  ): void {
    const { startSeconds, durationSeconds } = window;
    this.#clearWindows.run(cluster, startSeconds);
    for (const row of nodeWindows) {
      const node = this.#dictionary.textId(row.node);
      const curve = this.#dictionary.textId(row.curveId);
      this.#addWindow.run(cluster, node, startSeconds, durationSeconds, curve, ...nodeWindowValues(row));
    }
    const touched = new Set(this.#seenIn.all(cluster, startSeconds));
    for (const node of touched) this.#forgetSighting.run(cluster, node, startSeconds);
    for (const snapshot of snapshots) {
      const node = this.#dictionary.textId(snapshot.name);
      const facts = this.#factsId(nodeFactsOf(snapshot));
      this.#addSighting.run(cluster, node, startSeconds, snapshot.snapshotAtSeconds, facts);
      touched.add(node);
    }
    for (const node of touched) this.#markChanges(cluster, node, startSeconds);
  }

  /** A sighting is a change if it differs from the one before; only this one and the next can have become one. */
  #markChanges(cluster: number, node: number, startSeconds: number): void {
    let previous = this.#before.get(cluster, node, startSeconds);
    let current = this.#after.get(cluster, node, startSeconds);
    for (let step = 0; step < 2 && current !== undefined; step += 1) {
      const [start, facts] = current;
      const changed = previous?.[1] === facts ? 0 : 1;
      this.#mark.run(changed, cluster, node, start, changed);
      previous = current;
      current = this.#after.get(cluster, node, start + 1);
    }
  }

  #factsId(facts: string): number {
    return this.#findFacts.get(facts) ?? Number(this.#addFacts.run(facts).lastInsertRowid);
  }
}
