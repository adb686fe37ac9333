import { PLAIN_KUBERNETES, PROVIDER_RULES, type ProviderRule } from './rules.ts';

export interface ProviderFacts {
  readonly serverUrl: string;
  readonly serverVersion: string | null;
  readonly nodes: readonly {
    readonly name: string;
    readonly providerId: string | null;
    readonly labels: Readonly<Record<string, string>>;
    readonly kubeletVersion: string | null;
    readonly osImage: string | null;
  }[];
}

/**
 * Who runs a cluster: what its API server shows, else what more of its nodes show than anything else; `vanilla` where
 * nothing shows; null before anything is known of it.
 */
export function detectProvider(facts: ProviderFacts): string | null {
  const byServer = PROVIDER_RULES.find(
    ({ version, server }) => matches(version, facts.serverVersion) || matches(server, facts.serverUrl),
  );
  if (byServer !== undefined) return byServer.provider;
  if (facts.nodes.length === 0) return facts.serverVersion === null ? null : PLAIN_KUBERNETES;
  const votes = new Map<string, number>();
  for (const node of facts.nodes) {
    const provider = PROVIDER_RULES.find((rule) => isNodeOf(rule, node))?.provider ?? PLAIN_KUBERNETES;
    votes.set(provider, (votes.get(provider) ?? 0) + 1);
  }
  const [first] = [...votes].sort(([a, countA], [b, countB]) => countB - countA || a.localeCompare(b));
  return first?.[0] ?? PLAIN_KUBERNETES;
}

function isNodeOf(rule: ProviderRule, node: ProviderFacts['nodes'][number]): boolean {
  const { labelPrefixes = [], providerId, version, osImage, nodeName } = rule;
  return (
    matches(version, node.kubeletVersion) ||
    matches(providerId, node.providerId) ||
    matches(osImage, node.osImage) ||
    matches(nodeName, node.name) ||
    labelPrefixes.some((prefix) => Object.keys(node.labels).some((key) => key.startsWith(prefix)))
  );
}

function matches(pattern: RegExp | undefined, text: string | null): boolean {
  return pattern !== undefined && text !== null && pattern.test(text);
}
