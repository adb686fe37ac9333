type Write = { (fields: object, message: string): void; (message: string): void };

/** The part of a logger that the backend uses; pino fits. Fields never hold secrets or foreign bodies. */
export interface Log {
  readonly debug: Write;
  readonly info: Write;
  readonly warn: Write;
  readonly error: Write;
}

const nothing: Write = () => undefined;
export const SILENT_LOG: Log = { debug: nothing, info: nothing, warn: nothing, error: nothing };
