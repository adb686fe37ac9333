import type { AppState } from '../../core/ports/app-state.ts';
import { openSealed, sealText } from './sealed-text.ts';

/** Secrets by name. Values come out for the one request that needs them, and never into an answer, a log or an error. */
export interface Secrets {
  /** Null where there is none, and where it can't be opened any more (another key). */
  get(name: string): Promise<string | null>;
  set(name: string, value: string): Promise<void>;
  delete(name: string): Promise<void>;
}

export interface SecretsDeps {
  readonly state: AppState;
  /** Of the host; asked at the first secret. */
  readonly key: () => Promise<Uint8Array>;
}

const PREFIX = 'secret/';

/** Secrets in the local state, each sealed with the host's key. The key is asked for once, and only when needed. */
export class SealedSecrets implements Secrets {
  readonly #deps: SecretsDeps;
  #key: Promise<Uint8Array> | null = null;

  constructor(deps: SecretsDeps) {
    this.#deps = deps;
  }

  async get(name: string): Promise<string | null> {
    const sealed = await this.#deps.state.get(PREFIX + name);
    return sealed === undefined ? null : openSealed(sealed, name, await this.#theKey());
  }

  async set(name: string, value: string): Promise<void> {
    await this.#deps.state.set(PREFIX + name, sealText(value, name, await this.#theKey()));
  }

  async delete(name: string): Promise<void> {
    await this.#deps.state.remove(PREFIX + name);
  }

  #theKey(): Promise<Uint8Array> {
    this.#key ??= this.#deps.key();
    this.#key.catch(() => {
      this.#key = null;
    });
    return this.#key;
  }
}
