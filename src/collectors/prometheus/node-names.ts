import type { NodeDescription } from '../../model/inventory.ts';
import type { Labels, Series } from './answer.ts';
import { ownLabel } from './labels.ts';

/** Finds the Kubernetes node of a series; null where no label and no address leads to one. */
export interface NodeNames {
  nodeOf(labels: Labels): string | null;
  /** The node of that name or address; null for one that nothing knows. */
  nodeOfHost(host: string): string | null;
  readonly known: ReadonlySet<string>;
}

/**
 * Names by label (`node` and its older spellings) first, then by `instance`: its host is a node's name, or a node's
 * address as kube_node_info or the API server gives it.
 */
export function createNodeNames(nodes: readonly NodeDescription[], nodeInfo: readonly Series[]): NodeNames {
  const known = new Set(nodes.map((node) => node.name));
  const byAddress = new Map<string, string>();
  for (const { labels } of nodeInfo) {
    const name = ownLabel(labels, 'node');
    if (name === null) continue;
    known.add(name);
    const address = labels.internal_ip;
    if (address !== undefined && address !== '') byAddress.set(address, name);
  }
  // What the API server says now wins: an address may have passed to another node since.
  for (const node of nodes) for (const address of node.addresses) byAddress.set(address, node.name);

  const byHost = (host: string): string | null => {
    if (known.has(host)) return host;
    return byAddress.get(host) ?? null;
  };
  return {
    known,
    nodeOfHost: byHost,
    nodeOf(labels) {
      for (const label of ['exported_node', 'node', 'kubernetes_node']) {
        const value = labels[label];
        // Trusted even when unknown: the node may be gone since.
        if (value !== undefined && value !== '') return byHost(value) ?? value;
      }
      const hostname = byHost(labels.kubernetes_io_hostname ?? '');
      if (hostname !== null) return hostname;
      const host = hostOf(labels.instance ?? '');
      if (host === '') return null;
      return byHost(host) ?? (known.size === 0 ? host : null);
    },
  };
}

/** The host of `host:port`, `[v6]:port`, or of a URL. */
export function hostOf(instance: string): string {
  const bare = instance.replace(/^[a-z]+:\/\//, '').replace(/\/.*$/, '');
  const v6 = /^\[([^\]]+)\]/.exec(bare);
  if (v6?.[1] !== undefined) return v6[1];
  return bare.split(':').length > 2 ? bare : bare.replace(/:\d+$/, '');
}
