type Write = { (fields: object, message: string): void; (message: string): void };

/** The part of a logger that hosts use; pino fits. */
export interface HostLog {
  readonly debug: Write;
  readonly info: Write;
  readonly warn: Write;
  readonly error: Write;
}
