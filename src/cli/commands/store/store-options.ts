import { isFailure } from '../../../model/failure.ts';
import type { CliDeps } from '../../cli-deps.ts';
import { UsageError } from '../../report-failure.ts';
import type { SharedOptions } from '../command-settings.ts';

/** Options of every `podwatt store` command. */
export interface StoreOptions extends SharedOptions {
  json?: boolean;
}

/** Prints a result for a person, or as it is. */
export async function print(options: StoreOptions, deps: CliDeps, result: unknown, text: string): Promise<void> {
  await deps.terminal.write(options.json === true ? `${JSON.stringify(result, null, 2)}\n` : text);
}

/** What a tool refuses to take is bad usage: exit code 2. */
export async function usage<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw isFailure(error) && error.code === 'bad-input' ? new UsageError(error.message, error.hint) : error;
  }
}

/** Whole per cent of a progress. */
export function percent(done: number, of: number): string {
  return `${Math.floor((100 * done) / Math.max(1, of))} %`;
}
