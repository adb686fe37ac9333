import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

const fixtures = resolve(import.meta.dirname, '../../fixtures/kubernetes');

export type RawObject = Record<string, unknown>;

/** A recorded body, parsed anew for each call so that a test may change it. */
export function recording(name: string): RawObject {
  return JSON.parse(readFileSync(resolve(fixtures, 'recorded', `${name}.json`), 'utf8')) as RawObject;
}

/** The items of a recorded list. */
export function recordedItems(name: string): RawObject[] {
  return recording(name).items as RawObject[];
}

/** All recorded pods: the three pages together, 109 pods. */
export function recordedPods(): RawObject[] {
  return ['pods-page1', 'pods-page2', 'pods-page3'].flatMap(recordedItems);
}

/** Path of a certificate or key of the test authority, for example `ca.pem`. */
export function tlsPath(name: string): string {
  return resolve(fixtures, 'tls', name);
}

export function tlsFile(name: string): string {
  return readFileSync(tlsPath(name), 'utf8');
}
