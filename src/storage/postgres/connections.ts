import pg from 'pg';
import type { PostgresSettings } from '../../core/ports/store-settings.ts';
import { Canceller } from './canceller.ts';
import { applySettings, clientConfigOf, sessionSettingsOf } from './client-config.ts';
import { cancelled, isConnectionError, isWorthRepeating, postgresFailure, stateOf } from './postgres-failure.ts';
import { Session } from './session.ts';
import type { TlsChoice } from './tls.ts';

const IDLE_MILLISECONDS = 60_000;
/** Beyond the server's own limit, for a server that is gone without a word. */
const SILENCE_MILLISECONDS = 10_000;
const WRITE_TIMEOUT_MILLISECONDS = 60_000;
const MOST_ATTEMPTS = 5;

/**
 * The connections of a store: some for questions and windows, one more that only cancels, and one at a time for long
 * upkeep. A connection that is lost is thrown away; the next call makes a new one.
 */
export class Connections {
  readonly #settings: PostgresSettings;
  readonly #config: pg.ClientConfig;
  readonly #pool: pg.Pool;
  readonly #canceller: Canceller;

  constructor(settings: PostgresSettings, ssl: TlsChoice) {
    this.#settings = settings;
    this.#config = clientConfigOf(settings, ssl);
    const session = sessionSettingsOf(settings.schema, settings.statementTimeoutMilliseconds);
    this.#pool = new pg.Pool({
      ...this.#config,
      max: settings.poolSize,
      idleTimeoutMillis: IDLE_MILLISECONDS,
      query_timeout: Math.max(settings.statementTimeoutMilliseconds, WRITE_TIMEOUT_MILLISECONDS) + SILENCE_MILLISECONDS,
      onConnect: (client) => applySettings(client, session),
    });
    // A connection that breaks while it is idle is dropped by the pool; there is nobody to tell.
    this.#pool.on('error', () => undefined);
    this.#canceller = new Canceller(this.#config);
  }

  /** One question, or several that see one state of the store. Ends within moments of `signal`. */
  async read<T>(work: (session: Session) => Promise<T>, signal?: AbortSignal): Promise<T> {
    return this.#use(async (session) => {
      await session.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
      const answer = await work(session);
      await session.query('COMMIT');
      return answer;
    }, signal);
  }

  /** One statement that is a transaction of its own. */
  async single<T>(work: (session: Session) => Promise<T>, signal?: AbortSignal): Promise<T> {
    return this.#use(work, signal);
  }

  /** A transaction; tried again from the start where it got in the way of another one. */
  async write<T>(work: (session: Session) => Promise<T>): Promise<T> {
    const timeout = Math.max(this.#settings.statementTimeoutMilliseconds, WRITE_TIMEOUT_MILLISECONDS);
    return repeated(() =>
      this.#use(async (session) => {
        await session.client.query(`BEGIN; SET LOCAL statement_timeout = ${timeout}`);
        const answer = await work(session);
        await session.query('COMMIT');
        return answer;
      }),
    );
  }

  /** The same without a limit of time. */
  async longWrite<T>(work: (session: Session) => Promise<T>): Promise<T> {
    return repeated(() => this.long((session) => session.transaction(() => work(session))));
  }

  /** A connection of its own, without a limit of time: for work that takes as long as it takes. */
  async long<T>(work: (session: Session) => Promise<T>, signal?: AbortSignal): Promise<T> {
    if (signal?.aborted === true) throw cancelled();
    const client = new pg.Client(this.#config);
    client.on('error', () => undefined);
    try {
      await client.connect();
      await applySettings(client, sessionSettingsOf(this.#settings.schema, 0));
      return await this.#canceller.watch(client, () => work(new Session(client, signal)), signal);
    } catch (error) {
      throw postgresFailure(error, signal);
    } finally {
      await client.end().catch(() => undefined);
    }
  }

  async close(): Promise<void> {
    await Promise.all([this.#pool.end(), this.#canceller.close()]);
  }

  async #use<T>(work: (session: Session) => Promise<T>, signal?: AbortSignal): Promise<T> {
    const client = await this.#connect(signal);
    let broken = false;
    const onError = (): void => {
      broken = true;
    };
    client.on('error', onError);
    try {
      return await this.#canceller.watch(client, () => work(new Session(client, signal)), signal);
    } catch (error) {
      // A failure of ours, or what the server said: then the connection lives on.
      broken ||= isConnectionError(error) || !(await rolledBack(client));
      throw postgresFailure(error, signal);
    } finally {
      client.off('error', onError);
      client.release(broken);
    }
  }

  async #connect(signal?: AbortSignal): Promise<pg.PoolClient> {
    if (signal?.aborted === true) throw cancelled();
    const connecting = this.#pool.connect();
    try {
      return await unlessAborted(connecting, signal);
    } catch (error) {
      // Who no longer waits gives back what comes all the same.
      connecting.then(
        (client) => client.release(),
        () => undefined,
      );
      throw postgresFailure(error, signal);
    }
  }
}

async function repeated<T>(attempt: () => Promise<T>): Promise<T> {
  for (let left = MOST_ATTEMPTS - 1; ; left -= 1) {
    try {
      return await attempt();
    } catch (error) {
      if (left === 0 || !isWorthRepeating(error instanceof Error ? error.cause : undefined)) throw error;
    }
  }
}

/** Settles as `work` does, or fails when `signal` fires. */
async function unlessAborted<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return work;
  let stop = (): void => undefined;
  const aborted = new Promise<never>((_, reject) => {
    stop = () => reject(cancelled());
  });
  signal.addEventListener('abort', stop, { once: true });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

async function rolledBack(client: pg.PoolClient): Promise<boolean> {
  try {
    await client.query('ROLLBACK');
    return true;
  } catch (error) {
    // A cancel that came late hits this in place of what it was meant for.
    if (stateOf(error) !== '57014') return false;
    return client.query('ROLLBACK').then(
      () => true,
      () => false,
    );
  }
}
