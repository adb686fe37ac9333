import type { Labels } from '../../model/kubernetes/objects.ts';
import type { LayoutNode, Requirement, Taint, Toleration } from '../../model/scheduling.ts';
import { selects } from '../kubernetes/selector-match.ts';

/** One requirement of node affinity, which may also compare numbers. */
function matchesRequirement(labels: Labels, requirement: Requirement): boolean {
  const { key, operator, values } = requirement;
  if (operator !== 'Gt' && operator !== 'Lt') return selects({ matchLabels: {}, requirements: [requirement] }, labels);
  const value = labels[key];
  if (value === undefined || !/^-?\d+$/.test(value)) return false;
  return operator === 'Gt' ? Number(value) > Number(values[0]) : Number(value) < Number(values[0]);
}

export function hasLabels(labels: Labels, wanted: Labels): boolean {
  return Object.entries(wanted).every(([key, value]) => labels[key] === value);
}

/** Required node affinity: one of the terms; without terms every node. A term without requirements matches no node. */
export function matchesNodeTerms(labels: Labels, terms: readonly (readonly Requirement[])[]): boolean {
  if (terms.length === 0) return true;
  return terms.some((term) => term.length > 0 && term.every((requirement) => matchesRequirement(labels, requirement)));
}

/** The first taint that keeps a pod away; null: none. `PreferNoSchedule` keeps nobody away. */
export function repellingTaint(taints: readonly Taint[], tolerations: readonly Toleration[]): Taint | null {
  const found = taints.find(
    (taint) => taint.effect !== 'PreferNoSchedule' && !tolerations.some((toleration) => tolerates(toleration, taint)),
  );
  return found ?? null;
}

/** The kubelet gives every node its name as this label. */
export const HOSTNAME = 'kubernetes.io/hostname';

/** Labels of a node for selectors and topologies. */
export function labelsOfNode(node: LayoutNode): Labels {
  return node.labels[HOSTNAME] === undefined ? { ...node.labels, [HOSTNAME]: node.name } : node.labels;
}

function tolerates(toleration: Toleration, taint: Taint): boolean {
  if (toleration.effect !== null && toleration.effect !== taint.effect) return false;
  if (toleration.key === null) return toleration.operator === 'Exists';
  if (toleration.key !== taint.key) return false;
  return toleration.operator === 'Exists' || (toleration.value ?? '') === (taint.value ?? '');
}
