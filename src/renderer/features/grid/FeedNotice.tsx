import type { ReactNode } from 'react';
import type { GridZoneSummary } from '../../../contract/schemas/grid.ts';
import { lastValueWords } from '../../app/source-names.ts';
import { useGo } from '../../figures/use-go.ts';
import { Button } from '../../ui/Button.tsx';
import { Notice, type NoticeTone } from '../../ui/Notice.tsx';
import { isUnknownZone } from './words.ts';

interface Props {
  readonly zone: GridZoneSummary;
  readonly nowMs: number;
  readonly tz: string;
  readonly onRetry: () => void;
}

/** What keeps a zone from live values, what that means for its figures, and what to do; nothing while all is well. */
export function FeedNotice({ zone, nowMs, tz, onRetry }: Props) {
  const go = useGo();
  const { feed } = zone;
  const openSources = (words: string): ReactNode => (
    <Act onClick={() => go('/settings', { section: 'sources' })}>{words}</Act>
  );
  if (isUnknownZone(zone)) {
    const nodes = zone.node_count === 1 ? 'One node tells' : `${zone.node_count} nodes tell`;
    const context = zone.clusters[0]?.name;
    return (
      <Say
        tone="warn"
        title="The place of these nodes is not known"
        action={<Act onClick={() => go('/settings', { section: 'factors', context })}>Set the zone</Act>}
      >
        {nodes} no region that a table knows, so the mean of the world is taken. Its range is the widest of all.
      </Say>
    );
  }
  switch (feed.state) {
    case 'working':
      return null;
    case 'not-set-up':
      return (
        <Say tone="info" title="Yearly values are used" action={openSources('Connect live grid data')}>
          {feed.message} One value stands for all hours of a year: they can't be told apart, and the range is wider.
        </Say>
      );
    case 'offline':
      return (
        <Say tone="quiet" title="Podwatt works offline" action={openSources('Open sources')}>
          Nothing is asked outside of the clusters. Stored hours are used, then yearly values.{' '}
          {feed.last_good_at !== null && `${lastValueWords(feed, nowMs, tz)}.`}
        </Say>
      );
    case 'waiting':
      return (
        <Say tone="quiet" title={`Waiting for ${feed.name}`} action={<Act onClick={onRetry}>Try again</Act>}>
          {[feed.message, feed.hint].filter((words) => words !== null).join(' ')} {lastValueWords(feed, nowMs, tz)}.
        </Say>
      );
    case 'failed':
      return (
        <Say
          tone="warn"
          title={feed.message ?? `${feed.name} gave no value`}
          action={<Act onClick={onRetry}>Try again</Act>}
        >
          {lastValueWords(feed, nowMs, tz)}. {feed.hint}
        </Say>
      );
  }
}

function Act({ onClick, children }: { readonly onClick: () => void; readonly children: string }) {
  return (
    <Button size="small" onClick={onClick}>
      {children}
    </Button>
  );
}

function Say(props: { tone: NoticeTone; title: string; action: ReactNode; children: ReactNode }) {
  return (
    <Notice tone={props.tone} action={props.action} className="shrink-0">
      <span className="block font-medium">{props.title}</span>
      {props.children}
    </Notice>
  );
}
