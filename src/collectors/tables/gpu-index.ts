import type { NodeDescription } from '../../model/inventory.ts';
import type { GpuRow } from './schemas.ts';

export interface GpuModel {
  readonly model: string;
  readonly tdpWatts: number;
}

export interface GpuIndex {
  /** By normalised name. */
  readonly byName: ReadonlyMap<string, GpuModel>;
  readonly entries: readonly { readonly words: readonly string[]; readonly gpu: GpuModel }[];
}

/** Labels that name the model of a node's cards, the most exact first. */
export const GPU_LABELS = [
  'nvidia.com/gpu.product',
  'amd.com/gpu.product-name',
  'cloud.google.com/gke-accelerator',
  'k8s.amazonaws.com/accelerator',
  'karpenter.k8s.aws/instance-gpu-name',
] as const;

/** Words that some names have and others leave out: makers, brands, and what time slicing and partitions add. */
const FILLERS = new Set(['nvidia', 'tesla', 'amd', 'instinct', 'intel', 'habana', 'shared']);

export function indexGpus(rows: readonly GpuRow[]): GpuIndex {
  const byName = new Map<string, GpuModel>();
  const entries: { words: readonly string[]; gpu: GpuModel }[] = [];
  for (const row of rows) {
    const gpu = { model: row.gpu_model, tdpWatts: row.tdp_watts };
    for (const name of [row.gpu_model, row.nvidia_gpu_product_label]) {
      if (name === null) continue;
      const words = wordsOf(name);
      byName.set(words.join(''), gpu);
      entries.push({ words, gpu });
    }
  }
  return { byName, entries };
}

/**
 * The card of a name as a label, a driver or a table writes it. A name that is less or otherwise exact than the table's
 * (`nvidia-a100-80gb`) takes the entry of its chip that shares the most words, of equals the larger; null for a chip that
 * the table lacks.
 */
export function findGpu(index: GpuIndex, name: string): GpuModel | null {
  const words = wordsOf(name);
  const exact = index.byName.get(words.join(''));
  if (exact !== undefined) return exact;
  const [chip] = words;
  if (chip === undefined || !/\d/.test(chip)) return null;
  let best: { gpu: GpuModel; shared: number } | null = null;
  for (const entry of index.entries) {
    if (entry.words[0] !== chip) continue;
    const shared = entry.words.filter((word) => words.includes(word)).length;
    const isBetter =
      best === null || shared > best.shared || (shared === best.shared && entry.gpu.tdpWatts > best.gpu.tdpWatts);
    if (isBetter) best = { gpu: entry.gpu, shared };
  }
  return best?.gpu ?? null;
}

/** What a node's labels call its cards; null where none does. */
export function gpuNameOf(node: Pick<NodeDescription, 'labels'>): string | null {
  for (const label of GPU_LABELS) {
    const name = node.labels[label];
    if (name !== undefined && name !== '') return name;
  }
  return null;
}

function wordsOf(name: string): string[] {
  const whole = name.toLowerCase().replace(/-mig-.*$/, '');
  return whole.split(/[^a-z0-9]+/).filter((word) => word !== '' && !FILLERS.has(word));
}
