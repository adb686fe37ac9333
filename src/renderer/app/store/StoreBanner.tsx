import { DatabaseBackup, DatabaseZap, X } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import type { StoreStatus } from '../../../contract/schemas/store.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import { useNow } from '../use-now.ts';
import { useView } from '../view/use-view.ts';
import { SettingsLink } from './SettingsLink.tsx';
import { useStore } from './store-query.ts';
import { kindName, momentWords, nextTryWords, sentence, waitingWords } from './store-words.ts';
import { useStoreChanges } from './use-store-changes.ts';

const READ = 'podwatt:recovery-read';

/** Between the top bar and the page: the store is away, or was recovered. Nothing while all is well. */
export function StoreBanner() {
  useStoreChanges();
  const { data } = useStore();
  const [read, setRead] = useState(() => localStorage.getItem(READ));
  if (data?.state === 'away') return <Away status={data} />;
  if (data?.state !== 'recovered' || read === data.since) return null;
  return (
    <Recovered
      status={data}
      onRead={() => {
        localStorage.setItem(READ, data.since);
        setRead(data.since);
      }}
    />
  );
}

function Away({ status }: { status: StoreStatus }) {
  const { tz } = useView();
  const now = useNow();
  const next = nextTryWords(status.next_try_at, now, tz);
  const meanwhile = [
    waitingWords(status, now, tz) ?? 'Collecting goes on: windows wait on this machine until it is back.',
    next === null ? null : `Podwatt tries again ${next}.`,
    'Figures on screen are from before.',
  ].filter((part) => part !== null);
  return (
    <Strip label="Storage is away" tone="warn" icon={<DatabaseZap />}>
      {/* Only the first words are read out; what follows changes by the minute. */}
      <p role="status">
        <span className="font-strong">
          {kindName(status.kind)} is away since {momentWords(status.since, now, tz)}.
        </span>{' '}
        {status.problem !== null && sentence(status.problem)} {status.hint !== null && sentence(status.hint)}
      </p>
      <p className="text-fg-2">{meanwhile.join(' ')}</p>
    </Strip>
  );
}

function Recovered({ status, onRead }: { status: StoreStatus; onRead: () => void }) {
  const { tz } = useView();
  const now = useNow();
  return (
    <Strip
      label="Storage was recovered"
      tone="info"
      icon={<DatabaseBackup />}
      action={
        <IconButton label="Put this notice away" size="small" onClick={onRead} className="-my-1">
          <X aria-hidden="true" />
        </IconButton>
      }
    >
      <p role="status">
        <span className="font-strong">The store was recovered at {momentWords(status.since, now, tz)}.</span>{' '}
        {status.problem !== null && sentence(status.problem)}
      </p>
      {status.hint !== null && <p className="text-fg-2">{sentence(status.hint)}</p>}
    </Strip>
  );
}

const TONES = {
  warn: { box: 'bg-warn-soft', icon: 'text-warn' },
  info: { box: 'bg-info-soft', icon: 'text-info' },
} as const;

function Strip(props: {
  label: string;
  tone: keyof typeof TONES;
  icon: ReactNode;
  children: ReactNode;
  action?: ReactNode;
}) {
  const { box, icon } = TONES[props.tone];
  return (
    <section
      aria-label={props.label}
      className={`flex shrink-0 items-start gap-2.5 border-b border-line px-4 py-2 text-small mid:px-6 ${box}`}
    >
      <span aria-hidden="true" className={`${icon} [&_svg]:size-4 [&_svg]:stroke-[1.75]`}>
        {props.icon}
      </span>
      <div className="min-w-0 flex-1 [overflow-wrap:anywhere]">{props.children}</div>
      <SettingsLink section="storage">Open storage</SettingsLink>
      {props.action}
    </section>
  );
}
