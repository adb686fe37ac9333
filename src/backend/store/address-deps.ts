import { isAbsolute, resolve } from 'node:path';
import type { Refuse } from './address-parts.ts';

/** Secrets that may stay out of the address; what the address holds comes first. */
export interface StoreSecrets {
  readonly password?: string;
  readonly apiKey?: string;
}

export interface StoreAddressDeps {
  /** Text of a file: certificates of an own authority. */
  readFile(path: string): Promise<string>;
  /** Relative paths start here; without it they are refused. */
  readonly workingDir?: string;
  readonly secrets?: StoreSecrets;
  /** What messages call the address: the option, variable or line that holds it. */
  readonly subject?: string;
}

/** The absolute path that an address means. */
export function absolutePath(path: string, deps: StoreAddressDeps, refuse: Refuse): string {
  if (isAbsolute(path)) return path;
  if (deps.workingDir === undefined) throw refuse('has a relative path: write it from the root');
  return resolve(deps.workingDir, path);
}

/** PEM of a certificate authority. */
export async function readAuthority(path: string, deps: StoreAddressDeps, refuse: Refuse): Promise<string> {
  const file = absolutePath(path, deps, refuse);
  let text: string;
  try {
    text = await deps.readFile(file);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : '';
    throw refuse(`names a certificate file that can't be read${code}: ${file}`);
  }
  if (!text.includes('-----BEGIN CERTIFICATE-----')) throw refuse(`names a file that holds no certificate: ${file}`);
  return text;
}
