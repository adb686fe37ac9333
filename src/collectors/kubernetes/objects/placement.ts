import type { Labels } from '../../../model/kubernetes/objects.ts';
import type { PodPlacement, SeenPodTerm } from '../../../model/kubernetes/seen.ts';
import type { Requirement, Selector, SpreadConstraint, Toleration } from '../../../model/scheduling.ts';
import type { RawPlacement, RawPodTerm } from './scheduling-schemas.ts';
import { requirementOf, selectorOf } from './selector.ts';

interface Ported {
  readonly ports?: readonly { readonly hostPort?: number | undefined }[] | null | undefined;
}

/** What places a pod: only what is required; preferences forbid nothing. */
export function placementOf(
  labels: Labels,
  raw: RawPlacement | null | undefined,
  containers: readonly Ported[],
): PodPlacement {
  const { nodeAffinity, podAffinity, podAntiAffinity } = raw?.affinity ?? {};
  return {
    labels,
    nodeSelector: raw?.nodeSelector ?? {},
    nodeTerms: nodeTermsOf(nodeAffinity),
    tolerations: (raw?.tolerations ?? []).map(tolerationOf),
    affinity: podTermsOf(podAffinity?.requiredDuringSchedulingIgnoredDuringExecution),
    antiAffinity: podTermsOf(podAntiAffinity?.requiredDuringSchedulingIgnoredDuringExecution),
    spread: (raw?.topologySpreadConstraints ?? []).flatMap((each) => spreadOf(each, labels) ?? []),
    hostPorts: containers.flatMap(({ ports }) => (ports ?? []).flatMap(({ hostPort }) => hostPort || [])),
  };
}

type RawNodeAffinity = NonNullable<NonNullable<RawPlacement['affinity']>['nodeAffinity']>;

/** A term without any requirement matches no node and is left out. */
function nodeTermsOf(raw: RawNodeAffinity | null | undefined): readonly (readonly Requirement[])[] {
  const terms = raw?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms ?? [];
  return terms
    .map(({ matchExpressions, matchFields }) => [
      ...(matchExpressions ?? []).map(requirementOf),
      // The one field that may be asked for is the node's name, which its hostname label repeats.
      ...(matchFields ?? []).map((field) => ({ ...requirementOf(field), key: 'kubernetes.io/hostname' })),
    ])
    .filter((term) => term.length > 0);
}

function tolerationOf(raw: NonNullable<RawPlacement['tolerations']>[number]): Toleration {
  const { key, operator, value, effect } = raw;
  return {
    key: key || null,
    operator: operator === 'Exists' ? 'Exists' : 'Equal',
    value: value ?? null,
    effect: effect || null,
  };
}

function podTermsOf(terms: readonly RawPodTerm[] | null | undefined): SeenPodTerm[] {
  return (terms ?? []).flatMap(({ labelSelector, namespaces, namespaceSelector, topologyKey }) => {
    const selector = selectorOf(labelSelector);
    if (selector === null) return [];
    return [{ selector, namespaces: namespaces ?? [], namespaceSelector: selectorOf(namespaceSelector), topologyKey }];
  });
}

type RawSpread = NonNullable<RawPlacement['topologySpreadConstraints']>[number];

function spreadOf(raw: RawSpread, labels: Labels): SpreadConstraint | null {
  const selector = selectorOf(raw.labelSelector);
  if (selector === null || raw.whenUnsatisfiable === 'ScheduleAnyway') return null;
  return {
    selector: narrowed(selector, raw.matchLabelKeys, labels),
    topologyKey: raw.topologyKey,
    maxSkew: raw.maxSkew,
  };
}

/** `matchLabelKeys`: only pods with the same value of these labels count. */
function narrowed(selector: Selector, keys: readonly string[] | null | undefined, labels: Labels): Selector {
  const own = (keys ?? []).flatMap((key) => (labels[key] === undefined ? [] : [[key, labels[key]] as const]));
  if (own.length === 0) return selector;
  return { ...selector, matchLabels: { ...selector.matchLabels, ...Object.fromEntries(own) } };
}
