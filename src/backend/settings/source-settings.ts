import * as z from 'zod';
import type { AppState } from '../../core/ports/app-state.ts';
import { Failure } from '../../model/failure.ts';
import { FACTOR_TYPES, type FactorType } from '../../model/grid.ts';
import type { Secrets } from '../secrets/secrets.ts';
import { StoredValue } from './stored-value.ts';

/** What is kept of the choice of outside sources; keys are among the secrets. */
const StoredSources = z.object({
  offline: z.boolean(),
  factorType: z.enum(FACTOR_TYPES),
  electricityMapsEnabled: z.boolean(),
  gbEnabled: z.boolean(),
  boaviztaUrl: z.string().nullable(),
});
type StoredSources = z.infer<typeof StoredSources>;

const DEFAULTS: StoredSources = {
  offline: false,
  factorType: 'lifecycle',
  electricityMapsEnabled: true,
  gbEnabled: true,
  boaviztaUrl: null,
};

/** Outside sources as they hold now. The key goes to its publisher only. */
export interface SourceSettings {
  /** No request to anything outside of the clusters. */
  readonly offline: boolean;
  readonly factorType: FactorType;
  readonly electricityMapsEnabled: boolean;
  readonly electricityMapsKey: string | null;
  readonly gbEnabled: boolean;
  readonly boaviztaUrl: string | null;
}

/** What a variable or `config.yaml` says; it wins over what was set in the app. */
export interface GivenSources {
  readonly offline?: boolean;
  readonly electricityMapsKey?: string;
  readonly boaviztaUrl?: string;
}

export type SourceChange = Partial<SourceSettings>;

const KEY_NAME = 'electricity-maps-key';

/** Settings of outside sources, in force at once. */
export class SourceChoices {
  readonly #stored: StoredValue<StoredSources>;
  readonly #secrets: Secrets;
  readonly #given: GivenSources;
  readonly #listeners = new Set<() => void>();
  #key: string | null;

  private constructor(
    stored: StoredValue<StoredSources>,
    { secrets, given, key }: { secrets: Secrets; given: GivenSources; key: string | null },
  ) {
    this.#stored = stored;
    this.#secrets = secrets;
    this.#given = given;
    this.#key = key;
  }

  static async open(state: AppState, secrets: Secrets, given: GivenSources = {}): Promise<SourceChoices> {
    const stored = await StoredValue.open(state, 'source-settings', StoredSources, DEFAULTS);
    // A key file that can't be read must not keep figures from being computed: the key then counts as not set.
    const key = await secrets.get(KEY_NAME).catch(() => null);
    return new SourceChoices(stored, { secrets, given, key });
  }

  get value(): SourceSettings {
    const { offline, electricityMapsKey, boaviztaUrl } = this.#given;
    return {
      ...this.#stored.value,
      boaviztaUrl: boaviztaUrl ?? this.#stored.value.boaviztaUrl,
      offline: offline ?? this.#stored.value.offline,
      electricityMapsKey: electricityMapsKey ?? this.#key,
    };
  }

  /** Changes what is given. @throws Failure 'conflict' for what a variable or file decides */
  async update(change: SourceChange): Promise<SourceSettings> {
    const { electricityMapsKey, ...rest } = change;
    if (change.offline !== undefined) refuseIfGiven('Offline mode', this.#given.offline, change.offline);
    if (change.boaviztaUrl !== undefined)
      refuseIfGiven('The address of Boavizta', this.#given.boaviztaUrl, change.boaviztaUrl);
    if (electricityMapsKey !== undefined) {
      refuseIfGiven('The key of Electricity Maps', this.#given.electricityMapsKey, electricityMapsKey);
      if (electricityMapsKey === null) await this.#secrets.delete(KEY_NAME);
      else await this.#secrets.set(KEY_NAME, electricityMapsKey);
      this.#key = electricityMapsKey;
    }
    await this.#stored.update((before) => ({ ...before, ...rest }));
    for (const listener of [...this.#listeners]) listener();
    return this.value;
  }

  /** Told after each change; answers what ends it. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}

function refuseIfGiven<T>(subject: string, given: T | undefined, wanted: T | null): void {
  if (given === undefined || given === wanted) return;
  throw new Failure('conflict', `${subject} is set by a variable or config.yaml and can't be changed here.`, {
    hint: 'Change it where Podwatt is started.',
  });
}
