import type { CliDeps } from '../cli-deps.ts';

/** Prints a result for a person, or as it is. */
export async function print(options: { json?: boolean }, deps: CliDeps, result: unknown, text: string): Promise<void> {
  await deps.terminal.write(options.json === true ? `${JSON.stringify(result, null, 2)}\n` : text);
}
