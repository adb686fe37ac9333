import type { ContainerResources, WorkloadSpec } from '../../../model/scheduling.ts';
import type { ContainerEdit, Deed } from '../draft.ts';

/** All that a plan changes of one workload. */
export interface WorkloadChange {
  readonly spec: WorkloadSpec;
  readonly edits: readonly ContainerEdit[];
  readonly deeds: readonly Deed[];
}

/** Values of one container before and after; equal ones aren't changed. */
export interface ContainerChange {
  readonly before: ContainerResources;
  readonly after: ContainerResources;
}

/** Edits of several findings put together: one a container. Of two on the same value the larger holds, which is safe. */
export function mergeEdits(edits: readonly ContainerEdit[]): ContainerEdit[] {
  const merged = new Map<string, ContainerEdit>();
  for (const edit of edits) {
    const before = merged.get(edit.container);
    merged.set(edit.container, before === undefined ? edit : larger(before, edit));
  }
  return [...merged.values()];
}

const FIELDS = ['cpuRequestMillicores', 'cpuLimitMillicores', 'memoryRequestBytes', 'memoryLimitBytes'] as const;

function larger(a: ContainerEdit, b: ContainerEdit): ContainerEdit {
  const values = FIELDS.flatMap((field) => {
    const both = [a[field], b[field]].filter((value) => value !== undefined);
    return both.length === 0 ? [] : [[field, Math.max(...both)] as const];
  });
  return { container: a.container, ...Object.fromEntries(values) };
}

/** The containers that are changed, in the order of the template. */
export function containerChanges({ spec, edits }: WorkloadChange): ContainerChange[] {
  const byName = new Map(edits.map((edit) => [edit.container, edit]));
  return spec.containers.flatMap((before) => {
    const edit = byName.get(before.name);
    if (edit === undefined) return [];
    const after = {
      ...before,
      cpuRequestMillicores: edit.cpuRequestMillicores ?? before.cpuRequestMillicores,
      cpuLimitMillicores: edit.cpuLimitMillicores ?? before.cpuLimitMillicores,
      memoryRequestBytes: edit.memoryRequestBytes ?? before.memoryRequestBytes,
      memoryLimitBytes: edit.memoryLimitBytes ?? before.memoryLimitBytes,
    };
    return FIELDS.every((field) => before[field] === after[field]) ? [] : [{ before, after }];
  });
}

export function deedOf<K extends Deed['kind']>(
  deeds: readonly Deed[],
  kind: K,
): Extract<Deed, { readonly kind: K }> | null {
  for (const deed of deeds) if (isOf(deed, kind)) return deed;
  return null;
}

function isOf<K extends Deed['kind']>(deed: Deed, kind: K): deed is Extract<Deed, { readonly kind: K }> {
  return deed.kind === kind;
}
