import type { LayoutNode, LayoutPod, PodTerm, Selector } from '../../model/scheduling.ts';
import { selects } from '../kubernetes/selector-match.ts';
import { HOSTNAME, labelsOfNode } from './match-labels.ts';

/** Pods that all of these match. */
interface Matcher {
  readonly namespaces: readonly string[];
  readonly selector: Selector;
}

/** How many pods that a rule looks at are in each domain of a topology, for example in each zone. */
export interface Watch {
  readonly id: number;
  readonly matchers: readonly Matcher[];
  /** True where each node is a domain of its own, which ends with the node. A zone stays one to spread over. */
  readonly isByNode: boolean;
  /** Domain of each node; -1 where the node has none. */
  readonly domainOf: Int32Array;
  /** Matching pods by domain. */
  readonly counts: Int32Array;
  /** Pods by domain that won't have a matching pod beside them (anti-affinity). */
  readonly owners: Int32Array;
  /** Matching pods on all nodes, also on those without a domain. */
  total: number;
}

export interface SpreadRule {
  readonly watch: Watch;
  readonly maxSkew: number;
  readonly countsItself: boolean;
}

/** What one pod has to do with others. */
export interface PodRules {
  /** Rules of whatever pod that look at this one. */
  readonly matched: readonly Watch[];
  readonly antiAffinity: readonly Watch[];
  /** One a term; all of them look for the same pods. */
  readonly affinity: readonly Watch[];
  /** True where the pod is one of those that it wants beside it: the first of its kind may then go anywhere. */
  readonly wantsItself: boolean;
  readonly spread: readonly SpreadRule[];
}

/** Rules between pods, each kept once however many pods have it. */
export function podRules(nodes: readonly LayoutNode[], pods: readonly LayoutPod[]): readonly PodRules[] {
  const watches = new Watches(nodes);
  const own = pods.map((pod) => {
    const affinity = pod.affinity.map((term) => matcherOf(term, pod));
    return {
      antiAffinity: pod.antiAffinity.map((term) => watches.of(term.topologyKey, [matcherOf(term, pod)])),
      affinity: pod.affinity.map((term) => watches.of(term.topologyKey, affinity)),
      wantsItself: affinity.every((matcher) => matches(matcher, pod)),
      spread: pod.spread.map(({ selector, topologyKey, maxSkew }) => {
        const matcher = { namespaces: [pod.namespace], selector };
        return {
          watch: watches.of(topologyKey, [matcher]),
          maxSkew,
          countsItself: matches(matcher, pod),
        };
      }),
    };
  });
  return pods.map((pod, index) => {
    const rules = own[index];
    const none = { antiAffinity: [], affinity: [], wantsItself: false, spread: [] };
    return { ...(rules ?? none), matched: watches.matching(pod) };
  });
}

class Watches {
  readonly #nodes: readonly LayoutNode[];
  readonly #byKey = new Map<string, Watch>();
  readonly #domains = new Map<string, { readonly of: Int32Array; readonly count: number }>();
  /** By a label that pods must have, so that a pod is not held against every rule of its namespace. */
  readonly #byLabel = new Map<string, Watch[]>();
  readonly #unlabelled: Watch[] = [];

  constructor(nodes: readonly LayoutNode[]) {
    this.#nodes = nodes;
  }

  of(topologyKey: string, matchers: readonly Matcher[]): Watch {
    const key = JSON.stringify([topologyKey, matchers]);
    const known = this.#byKey.get(key);
    if (known !== undefined) return known;
    const domains = this.#domainsOf(topologyKey);
    const watch: Watch = {
      id: this.#byKey.size,
      matchers,
      isByNode: topologyKey === HOSTNAME,
      domainOf: domains.of,
      counts: new Int32Array(domains.count),
      owners: new Int32Array(domains.count),
      total: 0,
    };
    this.#byKey.set(key, watch);
    const [label] = Object.entries(matchers[0]?.selector.matchLabels ?? {});
    if (label === undefined) this.#unlabelled.push(watch);
    else this.#byLabel.set(label.join('='), [...(this.#byLabel.get(label.join('=')) ?? []), watch]);
    return watch;
  }

  matching(pod: LayoutPod): Watch[] {
    const candidates = [...this.#unlabelled];
    for (const label of Object.entries(pod.labels)) candidates.push(...(this.#byLabel.get(label.join('=')) ?? []));
    return candidates.filter(({ matchers }) => matchers.every((matcher) => matches(matcher, pod)));
  }

  #domainsOf(topologyKey: string): { readonly of: Int32Array; readonly count: number } {
    const known = this.#domains.get(topologyKey);
    if (known !== undefined) return known;
    const ids = new Map<string, number>();
    const of = new Int32Array(this.#nodes.length).fill(-1);
    this.#nodes.forEach((node, index) => {
      const value = labelsOfNode(node)[topologyKey];
      if (value === undefined) return;
      const id = ids.get(value) ?? ids.size;
      ids.set(value, id);
      of[index] = id;
    });
    const domains = { of, count: ids.size };
    this.#domains.set(topologyKey, domains);
    return domains;
  }
}

function matcherOf(term: PodTerm, pod: LayoutPod): Matcher {
  const namespaces = term.namespaces.length === 0 ? [pod.namespace] : term.namespaces;
  return { namespaces, selector: term.selector };
}

function matches({ namespaces, selector }: Matcher, pod: LayoutPod): boolean {
  return namespaces.includes(pod.namespace) && selects(selector, pod.labels);
}
