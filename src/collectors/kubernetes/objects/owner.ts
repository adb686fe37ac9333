import type { Owner } from '../../../model/inventory.ts';
import type { Metadata } from '../inventory/schemas.ts';

/** The owner that controls an object, else its first; null for one without. */
export function controllerOf(metadata: Metadata): Owner | null {
  const references = metadata.ownerReferences ?? [];
  const found = references.find((reference) => reference.controller === true) ?? references[0];
  return found === undefined ? null : { kind: found.kind, name: found.name };
}

const LONGEST_ANNOTATION = 1_024;
/** Written by kubectl: the whole object once more, secrets of its environment included. */
const DROPPED_ANNOTATIONS: ReadonlySet<string> = new Set(['kubectl.kubernetes.io/last-applied-configuration']);

/** Annotations worth keeping: short ones, without copies of the object itself. */
export function keptAnnotations(metadata: Metadata): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(metadata.annotations ?? {}).filter(
      ([key, value]) => !DROPPED_ANNOTATIONS.has(key) && value.length <= LONGEST_ANNOTATION,
    ),
  );
}
