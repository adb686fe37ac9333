import pg from 'pg';

const IDLE_MILLISECONDS = 60_000;
/** How long a question may take to end once the server was told; then its connection is given up. */
const PATIENCE_MILLISECONDS = 150;

/** Ends questions that nobody waits for any more, over a connection of its own: the others may all be busy. */
export class Canceller {
  readonly #pool: pg.Pool;

  constructor(config: pg.ClientConfig) {
    this.#pool = new pg.Pool({ ...config, max: 1, idleTimeoutMillis: IDLE_MILLISECONDS, query_timeout: 10_000 });
    this.#pool.on('error', () => undefined);
  }

  /**
   * Does `work` on `client`; when `signal` fires, the server is told to give up what it does for it. Ends only when
   * the telling is over too, so that it can't hit what the connection does next. Where the server does not end it in
   * time, throws `Connection terminated …`: the connection is of no use then.
   */
  async watch<T>(client: pg.ClientBase, work: () => Promise<T>, signal: AbortSignal | undefined): Promise<T> {
    if (signal === undefined) return work();
    if (signal.aborted) throw new Error('cancelled');
    let telling: Promise<void> | null = null;
    let timer: NodeJS.Timeout | undefined;
    let tell = (): void => undefined;
    const tooLong = new Promise<never>((_, reject) => {
      tell = () => {
        telling = this.#cancel(client);
        timer = setTimeout(
          () => reject(new Error('Connection terminated: it was not cancelled in time')),
          PATIENCE_MILLISECONDS,
        );
      };
    });
    signal.addEventListener('abort', tell, { once: true });
    const told = async (): Promise<void> => {
      await telling;
    };
    try {
      return await Promise.race([work().finally(told), tooLong]);
    } finally {
      signal.removeEventListener('abort', tell);
      clearTimeout(timer);
    }
  }

  async close(): Promise<void> {
    await this.#pool.end();
  }

  async #cancel(client: pg.ClientBase): Promise<void> {
    // The driver keeps it from the server's greeting; its types leave it out.
    const pid = 'processID' in client ? client.processID : null;
    if (typeof pid !== 'number') return;
    // Where this fails the server is away, and the question ends with it.
    await this.#pool.query('SELECT pg_cancel_backend($1)', [pid]).catch(() => undefined);
  }
}
