import { existsSync, readFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { createOpenApiDocument } from '../../src/server/openapi-document.ts';
import { breakingChanges } from './api-changes.ts';

/** The OpenAPI document that programs were written for. */
export const SNAPSHOT = 'docs/openapi.json';

type Json = Record<string, unknown>;

/** The document of the sources, with its names in order and without the version, which changes by itself. */
export async function currentDocument(): Promise<Json> {
  return sorted(JSON.parse(JSON.stringify(await createOpenApiDocument('0')))) as Json;
}

export function committedDocument(): Json | null {
  return existsSync(SNAPSHOT) ? (JSON.parse(readFileSync(SNAPSHOT, 'utf8')) as Json) : null;
}

/** Compares the API with the committed document. Returns why it failed, or null. */
export async function openapi(): Promise<string | null> {
  const committed = committedDocument();
  if (committed === null) return `${SNAPSHOT} is not there: node scripts/openapi.ts writes it`;
  const current = await currentDocument();
  if (isDeepStrictEqual(committed, current)) return null;
  const broken = breakingChanges(committed, current);
  for (const sentence of broken) console.log(sentence);
  if (broken.length > 0) {
    return `${broken.length} changes break programs: take them back, or node scripts/openapi.ts --accept-breaking`;
  }
  return `the API has grown: node scripts/openapi.ts writes it into ${SNAPSHOT}`;
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(entries.map(([name, each]) => [name, sorted(each)]));
}
