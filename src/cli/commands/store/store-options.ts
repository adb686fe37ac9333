import { isFailure } from '../../../model/failure.ts';
import { UsageError } from '../../report-failure.ts';
import type { SharedOptions } from '../command-settings.ts';

/** Options of every `podwatt store` command. */
export interface StoreOptions extends SharedOptions {
  json?: boolean;
}

/** What a tool refuses to take is bad usage: exit code 2. */
export async function usage<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw isFailure(error) && error.code === 'bad-input' ? new UsageError(error.message, error.hint) : error;
  }
}
