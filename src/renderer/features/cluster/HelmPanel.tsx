import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { HelmRelease } from '../../../contract/schemas/kubernetes/objects.ts';
import { formatAge } from '../../format/time.ts';
import { useApi } from '../../rpc/provider.tsx';
import { Chip } from '../../ui/Chip.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { panelStateOf } from '../../ui/panel-state.ts';
import { Body, Cell, Head, HeadCell, Row, Table } from '../../ui/Table.tsx';
import { PAGE_SIZE, partsOfList, useOffset } from './list-pages.tsx';

/** What scrolls takes the focus, so that the arrow keys reach all of it. */
const SCROLLS = { tabIndex: 0 } as const;

/** Helm releases, the newest revision of each; a row opens its values. */
export function HelmPanel({ id, nowMs, tz }: { id: string; nowMs: number; tz: string }) {
  const api = useApi();
  const [offset, setOffset] = useOffset('releases');
  const [opened, setOpened] = useState<HelmRelease | null>(null);
  const input = { cluster: id, limit: PAGE_SIZE, offset };
  const releases = useQuery(api.k8s.releases.queryOptions({ input }));
  const items = releases.data?.releases ?? [];
  const empty =
    items.length === 0 && offset === 0 ? (
      <EmptyState title="No Helm release was found">
        Releases are read from their Secrets; where those may not be read, the sources of the cluster say so.
      </EmptyState>
    ) : null;
  return (
    <Panel
      title="Helm releases"
      padded={false}
      state={panelStateOf(releases, empty)}
      {...partsOfList({ offset, shown: items.length, total: releases.data?.total, onOffset: setOffset })}
    >
      <Table label="Helm releases">
        <Head>
          <HeadCell>Release</HeadCell>
          <HeadCell>Namespace</HeadCell>
          <HeadCell>Chart</HeadCell>
          <HeadCell>App version</HeadCell>
          <HeadCell>Status</HeadCell>
          <HeadCell numeric>Revision</HeadCell>
          <HeadCell numeric>Deployed</HeadCell>
        </Head>
        <Body>
          {items.map((release) => (
            <Row key={release.id} label={`Values of ${release.name}`} onOpen={() => setOpened(release)}>
              <Cell className="max-w-70 truncate font-medium">{release.name}</Cell>
              <Cell className="text-fg-2">{release.namespace ?? ''}</Cell>
              <Cell>{[release.chart_name, release.chart_version].filter((word) => word !== null).join(' ')}</Cell>
              <Cell className="text-fg-2">{release.app_version ?? ''}</Cell>
              <Cell>
                <Chip tone={toneOf(release.status)}>{release.status}</Chip>
              </Cell>
              <Cell numeric>{release.revision}</Cell>
              <Cell numeric className="text-fg-2">
                {release.last_deployed_at === null ? '' : formatAge(release.last_deployed_at, nowMs, tz)}
              </Cell>
            </Row>
          ))}
        </Body>
      </Table>
      {opened !== null && <Values release={opened} onClose={() => setOpened(null)} />}
    </Panel>
  );
}

function toneOf(status: string): 'good' | 'bad' | 'warn' | 'plain' {
  if (status === 'deployed') return 'good';
  if (status === 'failed') return 'bad';
  return status.startsWith('pending') ? 'warn' : 'plain';
}

function Values({ release, onClose }: { release: HelmRelease; onClose: () => void }) {
  return (
    <Dialog
      open
      onClose={onClose}
      width="wide"
      title={`Values of ${release.name}`}
      description="As they were set for the newest revision. What looks secret was masked before it was stored."
    >
      {release.values_yaml === null || release.values_yaml.trim() === '' ? (
        <p className="py-6 text-center text-fg-2">Nothing was set: the chart's own values hold.</p>
      ) : (
        <pre {...SCROLLS} className="overflow-x-auto rounded-2 bg-surface-2 p-3 font-mono text-small">
          {release.values_yaml}
        </pre>
      )}
    </Dialog>
  );
}
