import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { ClusterItem } from '../../../contract/schemas/contexts.ts';
import { useNow } from '../../app/use-now.ts';
import type { Gap } from '../../charts/buckets.ts';
import { formatCount } from '../../format/digits.ts';
import { failureOf } from '../../rpc/failure.ts';
import { useApi, useClient } from '../../rpc/provider.tsx';
import { useStream } from '../../rpc/use-stream.ts';
import { Button } from '../../ui/Button.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { Progress } from '../../ui/Progress.tsx';
import { lastFor } from './coverage-gaps.ts';

interface Props {
  readonly gaps: readonly Gap[];
  readonly clusters: readonly ClusterItem[];
}

/** Reads the hours again that are missing, from whatever still holds them; one cluster at a time. */
export function FillGaps({ gaps, clusters }: Props) {
  const [only] = clusters;
  if (only === undefined) return null;
  if (clusters.length > 1) return <span className="text-small text-fg-3">Choose one cluster to fill its gaps.</span>;
  return <FillCluster key={only.id} gaps={gaps} context={only.context_name} />;
}

function FillCluster({ gaps, context }: { readonly gaps: readonly Gap[]; readonly context: string }) {
  const api = useApi();
  const client = useClient();
  const queries = useQueryClient();
  const nowMs = useNow();
  /** What is asked for, fixed when the button is pressed: gaps change while they are being filled. */
  const [last, setLast] = useState<string | null>(null);
  const stream = useStream(last, async (key, signal) => client.contexts.collect({ context, last: key }, { signal }), 1);
  const event = stream.items.at(-1);
  const done = stream.status === 'done';
  useEffect(() => {
    if (!done) return;
    for (const queryKey of [api.metrics.key(), api.explain.key()]) void queries.invalidateQueries({ queryKey });
  }, [done, api, queries]);
  const wanted = lastFor(gaps, nowMs);
  if (stream.status === 'failed') {
    const failure = failureOf(stream.error);
    return (
      <Notice tone="bad" className="w-full" action={<Button onClick={stream.again}>Try again</Button>}>
        <span className="font-medium">{failure.message}</span> {failure.hint}
      </Notice>
    );
  }
  if (stream.status === 'running') {
    const progress = event?.kind === 'progress' ? event.progress : null;
    return (
      <div className="flex min-w-60 flex-1 items-center gap-3 text-small text-fg-2" role="status">
        <Progress label="Filling gaps" done={progress?.windows_done ?? 0} total={progress?.windows_total ?? 0} />
        {progress === null
          ? 'Asking the sources'
          : `${formatCount(progress.windows_done)} of ${formatCount(progress.windows_total)} windows`}
        <Button kind="ghost" size="small" onClick={() => setLast(null)}>
          Stop
        </Button>
      </div>
    );
  }
  return (
    <>
      {wanted !== null && (
        <Button size="small" onClick={() => setLast(wanted)} disabled={done}>
          Fill the gaps
        </Button>
      )}
      {done && event?.kind === 'result' && (
        <span role="status" className="text-small text-fg-2">
          {filledWords(event.result.windows)}
        </span>
      )}
    </>
  );
}

/** What a reading found, in one sentence. */
function filledWords(windows: { whole: number; partial: number; no_data: number }): string {
  const found = windows.whole + windows.partial;
  if (found === 0) return 'No source holds those hours any more.';
  const still = windows.no_data > 0 ? ` ${formatCount(windows.no_data)} are nowhere any more.` : '';
  return `${formatCount(found)} ${found === 1 ? 'window was' : 'windows were'} filled.${still}`;
}
