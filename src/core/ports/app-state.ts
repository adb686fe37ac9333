/** Local state that never leaves the machine: settings, which contexts collect. Kept in `app.sqlite`. */
export interface AppState {
  /** JSON value of a setting; undefined where it was never set. Callers validate what comes back. */
  get(key: string): Promise<unknown>;
  set(key: string, value: unknown): Promise<void>;
  remove(key: string): Promise<void>;
  close(): Promise<void>;
}
