import { useNavigate } from '@tanstack/react-router';
import { Command } from 'cmdk';
import { Boxes, Check, ChevronsUpDown } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { ClusterItem } from '../../../contract/schemas/contexts.ts';
import { Chip } from '../../ui/Chip.tsx';
import { Popover } from '../../ui/Popover.tsx';
import { type Status, StatusDot } from '../../ui/StatusDot.tsx';
import { stateName, statusOf, useClusters } from '../clusters-query.ts';
import { useShortcuts } from '../shortcuts.ts';
import { useView } from '../view/use-view.ts';

const ITEM =
  'flex h-9 items-center gap-2 rounded-1 px-2 text-[12.5px] select-none data-[selected=true]:bg-selected [&_svg]:size-4';

/** Which cluster all pages show; type to filter. */
export function ClusterSwitcher() {
  const [open, setOpen] = useState(false);
  const { cluster, setCluster } = useView();
  const navigate = useNavigate();
  const { data } = useClusters();
  const clusters = data?.clusters ?? [];
  const only = cluster === null && clusters.length === 1 ? clusters[0] : undefined;
  const chosen = clusters.find((item) => item.id === cluster) ?? only;
  // An old address may name a cluster that is gone; its pages are empty, so "all" would be wrong.
  const isUnknown = data !== undefined && cluster !== null && chosen === undefined;
  const name = chosen?.name ?? (isUnknown ? 'Unknown cluster' : 'All clusters');
  useShortcuts(useMemo(() => ({ 'mod+shift+k': () => setOpen(true) }), []));
  const choose = (id: string | null) => {
    setOpen(false);
    setCluster(id);
  };
  return (
    <Popover
      label="Choose a cluster"
      open={open}
      onOpenChange={setOpen}
      className="w-90"
      trigger={
        <button
          type="button"
          className="flex h-7 min-w-0 items-center gap-2 rounded-2 px-2 hover:bg-selected"
          aria-label={`Cluster: ${chosen?.name ?? name.toLowerCase()}`}
        >
          <StatusDot status={isUnknown ? 'off' : chosen === undefined ? worst(clusters) : statusOf(chosen)} />
          <span className="truncate font-strong">{name}</span>
          <span className="hidden truncate text-fg-3 mid:inline">
            {isUnknown
              ? 'not on this computer'
              : chosen === undefined
                ? data === undefined
                  ? ''
                  : countText(clusters)
                : placeOf(chosen)}
          </span>
          <ChevronsUpDown aria-hidden="true" strokeWidth={1.75} className="size-4 shrink-0 text-fg-2" />
        </button>
      }
    >
      <Command label="Clusters" className="flex flex-col">
        <Command.Input
          autoFocus
          placeholder="Find a cluster"
          className="mx-1 mt-1 h-7 rounded-2 bg-surface-2 px-2 text-[12.5px]"
        />
        <Command.List label="Clusters" className="max-h-80 overflow-auto py-1">
          <Command.Empty className="px-2 py-4 text-center text-small text-fg-2">
            No cluster has such a name.
          </Command.Empty>
          {(clusters.length > 1 || isUnknown) && (
            <Command.Item value="all clusters" onSelect={() => choose(null)} className={ITEM}>
              <StatusDot status={worst(clusters)} />
              <span className="flex-1">All clusters</span>
              {cluster === null && <Check aria-label="chosen" />}
            </Command.Item>
          )}
          {clusters.map((item) => (
            <Command.Item
              key={item.id}
              value={`${item.name} ${item.context_name} ${item.id}`}
              onSelect={() => choose(item.id)}
              className={ITEM}
            >
              <StatusDot status={statusOf(item)} />
              <span className="truncate font-medium">{item.name}</span>
              <span className="min-w-0 flex-1 truncate text-small text-fg-3">{placeOf(item)}</span>
              {item.is_sample && <Chip>Sample</Chip>}
              <span className="text-small text-fg-3">{stateName(item)}</span>
              {item.id === cluster && <Check aria-label="chosen" />}
            </Command.Item>
          ))}
          <div role="presentation" className="my-1 border-t border-line" />
          <Command.Item
            value="manage clusters"
            onSelect={() => {
              setOpen(false);
              void navigate({ to: '/clusters', search: (before: Record<string, unknown>) => before });
            }}
            className={ITEM}
          >
            <Boxes aria-hidden="true" strokeWidth={1.75} className="text-fg-3" />
            Manage clusters
          </Command.Item>
        </Command.List>
      </Command>
    </Popover>
  );
}

function worst(clusters: readonly ClusterItem[]): Status {
  const all = clusters.filter((item) => item.state !== 'paused').map(statusOf);
  const order: readonly Status[] = ['broken', 'attention', 'healthy'];
  return order.find((status) => all.includes(status)) ?? 'off';
}

function countText(clusters: readonly ClusterItem[]): string {
  return `${clusters.filter((item) => item.collecting).length} collecting`;
}

/** `AWS, eu-west-1`: provider and region as far as known. */
export function placeOf(cluster: Pick<ClusterItem, 'provider' | 'region'>): string {
  const names: Record<string, string> = {
    aws: 'AWS',
    gcp: 'Google Cloud',
    azure: 'Azure',
    ovh: 'OVHcloud',
    scaleway: 'Scaleway',
    on_prem: 'own hardware',
    mixed: 'several providers',
  };
  const provider = cluster.provider === null ? null : (names[cluster.provider] ?? cluster.provider);
  return [provider, cluster.region].filter((part) => part !== null).join(', ');
}
