import { useNavigate } from '@tanstack/react-router';
import { Activity, Ellipsis, LayoutDashboard, Pause, Play, Server, Settings2, Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { Cluster } from '../../../contract/schemas/kubernetes/clusters.ts';
import { statusOf } from '../../app/clusters-query.ts';
import { useCollecting } from '../../app/collecting/use-collecting.ts';
import { RemoveDialog } from '../../app/kubernetes/RemoveDialog.tsx';
import { usePause } from '../../app/kubernetes/use-registry.ts';
import { useStore } from '../../app/store/store-query.ts';
import { useNow } from '../../app/use-now.ts';
import { keptSearch } from '../../app/view/kept-search.ts';
import { useView } from '../../app/view/use-view.ts';
import { failureOf } from '../../rpc/failure.ts';
import { Button } from '../../ui/Button.tsx';
import { Chip } from '../../ui/Chip.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { Menu } from '../../ui/Menu.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { type Status, StatusDot } from '../../ui/StatusDot.tsx';
import { Switch } from '../../ui/Switch.tsx';
import { CardFigures } from './CardFigures.tsx';
import { CardHealth } from './CardHealth.tsx';
import { CardTrouble } from './CardTrouble.tsx';
import { CheckDialog } from './CheckDialog.tsx';
import { ClusterSettingsDialog } from './ClusterSettingsDialog.tsx';
import { type CardFace, type CardItem, faceOf } from './cluster-cards.ts';
import { ageOf, collectedElsewhere, descriptionOf } from './cluster-words.ts';
import type { Month } from './use-month.ts';
import type { SummaryAnswer } from './use-summaries.ts';

/** One context or cluster: what it is, what it emits, or why nothing is known; the switch that collects it. */
export function ClusterCard({
  card,
  answer,
  entry = null,
  month = null,
}: {
  card: CardItem;
  answer: SummaryAnswer | null;
  /** What the registry knows of it. */
  entry?: Cluster | null;
  /** Figures of the calendar month. */
  month?: Month | null;
}) {
  const [shown, setShown] = useState<Shown | null>(null);
  const collecting = useCollecting();
  const pause = usePause();
  const store = useStore().data;
  const { tz } = useView();
  const now = useNow();
  const face = faceOf(card);
  const { context, cluster } = card;
  const isOn = collecting.isPending
    ? (collecting.variables?.collecting ?? false)
    : (context?.collecting ?? cluster?.collecting ?? false);
  const change = (on: boolean) => context !== null && collecting.mutate({ context: context.name, collecting: on });
  const isReadOnly = store?.state === 'read-only';
  const elsewhere = isOn && cluster !== null ? collectedElsewhere(cluster, store, now) : null;
  const error = collecting.error ?? pause.error;
  const failure = error === null ? null : failureOf(error);
  return (
    <section
      aria-label={card.name}
      className="flex min-w-0 flex-col rounded-3 border border-line bg-surface-1 shadow-1"
    >
      <div className="px-4 pt-3.5">
        <div className="flex min-h-6 items-center gap-2">
          <StatusDot status={statusOfCard(face, card)} />
          <h2 className="min-w-0 flex-1 truncate text-title font-strong">{card.name}</h2>
          {context?.is_sample === true && <Chip>Sample</Chip>}
          <CardMenu card={card} entry={entry} pause={pause} onShow={setShown} />
        </div>
        <p className="truncate pl-4 text-small text-fg-3">{descriptionOf(card, entry)}</p>
      </div>
      <div className="flex-1 px-4 py-3">
        {face === 'figures' && cluster !== null ? (
          <CardFigures cluster={cluster} answer={answer} month={month} />
        ) : (
          <CardTrouble face={face} card={card} />
        )}
        {entry !== null && <CardHealth cluster={entry} nowMs={now} tz={tz} />}
        {failure !== null && (
          <Notice tone="bad" className="mt-3">
            <span className="block font-medium">{failure.message}</span>
            {failure.hint}
          </Notice>
        )}
      </div>
      <footer className="flex h-11 shrink-0 items-center gap-2 border-t border-line px-4 text-small text-fg-2">
        {context !== null && face !== 'broken-context' && (
          <>
            <Switch
              label={`Collect ${card.name}`}
              checked={isOn && !isReadOnly}
              disabled={collecting.isPending || isReadOnly}
              onChange={change}
            />
            <span className="truncate" title={elsewhere ?? undefined}>
              {isReadOnly ? 'Off: the store is read-only' : (elsewhere ?? (isOn ? 'Collecting' : 'Not collecting'))}
            </span>
          </>
        )}
        {face === 'broken-context' && <span className="text-fg-3">Cannot be used as it is</span>}
        <span className="flex-1" />
        {isTrouble(face) && context !== null && !isReadOnly ? (
          <Button onClick={() => change(true)} disabled={collecting.isPending}>
            Try again
          </Button>
        ) : (
          cluster !== null && <span className="truncate text-fg-3">{ageOf(cluster, now, tz)}</span>
        )}
      </footer>
      {shown === 'settings' && context !== null && (
        <ClusterSettingsDialog context={context.name} onClose={() => setShown(null)} />
      )}
      {shown === 'remove' && entry !== null && (
        <RemoveDialog id={entry.id} name={entry.name} onClose={() => setShown(null)} />
      )}
      {shown === 'check' && context !== null && <CheckDialog context={context.name} onClose={() => setShown(null)} />}
    </section>
  );
}

const isTrouble = (face: CardFace) => face === 'signed-out' || face === 'unreachable' || face === 'failing';

function statusOfCard(face: CardFace, { cluster }: CardItem): Status {
  switch (face) {
    case 'figures':
      return cluster === null ? 'off' : statusOf(cluster);
    case 'waiting':
      return 'attention';
    case 'signed-out':
    case 'failing':
    case 'unreachable':
    case 'broken-context':
      return 'broken';
    case 'never-collected':
      return 'off';
  }
}

type Shown = 'settings' | 'check' | 'remove';

function CardMenu({
  card,
  entry,
  pause,
  onShow,
}: {
  card: CardItem;
  entry: Cluster | null;
  pause: Pick<ReturnType<typeof usePause>, 'mutate'>;
  onShow: (what: Shown) => void;
}) {
  const navigate = useNavigate();
  const { cluster, context } = card;
  const icon = { 'aria-hidden': true, strokeWidth: 1.75 } as const;
  const registryItems = () => {
    if (entry === null) return [];
    const isPaused = entry.status === 'paused';
    return [
      {
        key: 'cluster',
        label: 'Open the cluster',
        icon: <Server {...icon} />,
        onSelect: () =>
          void navigate({ to: '/clusters/$clusterId', params: { clusterId: entry.id }, search: keptSearch }),
      },
      ...(context?.is_sample === true ? [] : changes(entry, isPaused)),
    ];
  };
  const changes = (known: Cluster, isPaused: boolean) => [
    {
      key: 'pause',
      label: isPaused ? 'Resume' : 'Pause',
      icon: isPaused ? <Play {...icon} /> : <Pause {...icon} />,
      onSelect: () => pause.mutate({ id: known.id, status: isPaused ? 'active' : 'paused' }),
    },
    { key: 'remove', label: 'Remove', icon: <Trash2 {...icon} />, onSelect: () => onShow('remove') },
  ];
  const items = [
    cluster === null
      ? null
      : {
          key: 'open',
          label: 'Open the overview',
          icon: <LayoutDashboard {...icon} />,
          onSelect: () =>
            void navigate({
              to: '/',
              search: (before: Record<string, unknown>) => ({ ...keptSearch(before), cluster: cluster.id }),
            }),
        },
    context === null || context.problem !== null || context.is_sample
      ? null
      : {
          key: 'check',
          label: 'Check what can be read',
          icon: <Activity {...icon} />,
          onSelect: () => onShow('check'),
        },
    context === null || context.problem !== null
      ? null
      : {
          key: 'settings',
          label: 'Settings of this cluster',
          icon: <Settings2 {...icon} />,
          onSelect: () => onShow('settings'),
        },
    ...registryItems(),
  ].filter((item) => item !== null);
  if (items.length === 0) return null;
  return (
    <Menu
      label={`More about ${card.name}`}
      align="end"
      trigger={
        <IconButton label={`More about ${card.name}`} size="small">
          <Ellipsis aria-hidden="true" strokeWidth={1.75} />
        </IconButton>
      }
      items={items}
    />
  );
}
