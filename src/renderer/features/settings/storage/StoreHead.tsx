import { Database } from 'lucide-react';
import type { ReactNode } from 'react';
import type { StoreStatus } from '../../../../contract/schemas/store.ts';
import { kindName, nextTryWords, STORE_STATUS, sentence, stateWords } from '../../../app/store/store-words.ts';
import { useNow } from '../../../app/use-now.ts';
import { useView } from '../../../app/view/use-view.ts';
import { shortPath } from '../../../format/path.ts';
import { exactMoment, formatAge } from '../../../format/time.ts';
import { Notice, type NoticeTone } from '../../../ui/Notice.tsx';
import type { PanelState } from '../../../ui/Panel.tsx';
import { StatusDot } from '../../../ui/StatusDot.tsx';

const CHOSEN: Record<StoreStatus['chosen_by'], string> = {
  default: 'Default: the file in the data folder',
  command: 'Command line or PODWATT_STORE',
  app: 'These settings',
};
const TONES: Record<Exclude<StoreStatus['state'], 'away'>, NoticeTone> = {
  up: 'warn',
  'read-only': 'quiet',
  recovered: 'info',
};

/** Which store, where, how it does; what is wrong and what Podwatt does meanwhile. */
export function StoreHead({ status, state }: { status: StoreStatus; state: PanelState }) {
  const { tz } = useView();
  const now = useNow();
  const location = shortPath(status.location);
  const next = nextTryWords(status.next_try_at, now, tz);
  return (
    <section aria-label="Store" className="rounded-3 border border-line bg-surface-1 shadow-1">
      <header className="flex min-h-13 items-center gap-3 px-4 py-2">
        <Database aria-hidden="true" strokeWidth={1.75} className="size-5 shrink-0 text-fg-2" />
        <div className="min-w-0 flex-1">
          <h3 className="text-title font-strong">{kindName(status.kind)}</h3>
          <p className="truncate font-mono text-small text-fg-2" title={status.location}>
            {location}
          </p>
        </div>
        <span className="flex h-6 shrink-0 items-center gap-1.5 rounded-full border border-line-strong px-2.5 text-small font-medium">
          <StatusDot status={STORE_STATUS[status.state]} />
          {stateWords(status, now, tz)}
        </span>
      </header>
      {state.kind === 'partial' && (
        <Notice tone="warn" action={state.action} className="mx-4 mb-3">
          {state.message}
        </Notice>
      )}
      {/* While it is away, the banner above the page says why. */}
      {status.problem !== null && status.state !== 'away' && (
        <Notice tone={TONES[status.state]} className="mx-4 mb-3">
          <span className="block font-medium">{sentence(status.problem)}</span>
          {status.hint !== null && sentence(status.hint)}
        </Notice>
      )}
      <dl className="grid grid-cols-2 gap-x-6 gap-y-3 border-t border-line px-4 py-3 text-small mid:grid-cols-4">
        <Fact name="Server">{status.server_version ?? 'not known yet'}</Fact>
        <Fact name="Chosen by">{CHOSEN[status.chosen_by]}</Fact>
        <Fact name="Last answer">
          {status.last_good_at === null ? (
            'none yet'
          ) : (
            <span title={exactMoment(status.last_good_at, tz)}>{formatAge(status.last_good_at, now, tz)}</span>
          )}
        </Fact>
        {status.state === 'away' ? (
          <Fact name="Next try">{next ?? 'as soon as something is asked'}</Fact>
        ) : (
          <Fact name="Waiting here">
            {status.spool.windows === 0 ? 'no window' : `${status.spool.windows} windows`}
          </Fact>
        )}
      </dl>
    </section>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="text-micro font-medium text-fg-3">{name}</dt>
      <dd className="[overflow-wrap:anywhere]">{children}</dd>
    </div>
  );
}
