/** One step of a schema. A released step is never changed: add another. */
export interface Migration {
  readonly version: number;
  readonly name: string;
  /** Run in order, in one transaction with all missing steps. */
  readonly statements: readonly string[];
  /** Undo the step, in order; only steps that can be taken back have it. */
  readonly down?: readonly string[];
}
