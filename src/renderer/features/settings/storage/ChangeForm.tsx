import { PlugZap } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import type { StoreStatus } from '../../../../contract/schemas/store.ts';
import { kindName } from '../../../app/store/store-words.ts';
import { Button } from '../../../ui/Button.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { Skeleton } from '../../../ui/Skeleton.tsx';
import { SaveFailure } from '../SaveFailure.tsx';
import { DraftFields } from './DraftFields.tsx';
import { addressOf } from './store-address.ts';
import { EMPTY_DRAFT, type StoreDraft } from './store-draft.ts';
import { problemsOf } from './store-draft-problems.ts';
import { TestResult } from './TestResult.tsx';
import { useStoreChange } from './use-store-change.ts';

/** Address at the left, what a test of it found at the right; only what passed its test can be used. */
export function ChangeForm({ status }: { status: StoreStatus }) {
  const [draft, setDraft] = useState<StoreDraft>(EMPTY_DRAFT);
  const [isTried, setTried] = useState(false);
  const [isDone, setDone] = useState(false);
  const { test, change, reset } = useStoreChange(() => {
    // A password has no business on this page any more.
    setDraft(EMPTY_DRAFT);
    setTried(false);
    setDone(true);
  });
  const problems = problemsOf(draft);
  const canTest = Object.keys(problems).length === 0;
  const url = addressOf(draft);
  const result = test.data !== undefined && test.variables?.url === url ? test.data : null;
  const isBusy = test.isPending || change.isPending || reset.isPending;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    setDone(false);
    change.reset();
    if (canTest && !isBusy) test.mutate({ url });
  };
  return (
    <form onSubmit={submit} className="grid gap-x-6 gap-y-4 mid:grid-cols-[minmax(0,400px)_minmax(0,1fr)]">
      <div className="flex min-w-0 flex-col gap-3">
        {/* Fields say what is wrong once they were tried, not while they are still empty. */}
        <DraftFields draft={draft} problems={isTried ? problems : {}} isWhole={canTest} onChange={setDraft} />
      </div>
      <div className="flex min-w-0 flex-col gap-3">
        <div className="rounded-2 bg-surface-2 px-3 py-2 text-small text-fg-2">
          <p className="font-medium text-fg-1">What happens then</p>
          <p>
            Podwatt changes over at once and collects into the new store. What is in {kindName(status.kind)} now stays
            there, untouched; nothing is copied. Figures begin with what the new store holds.
          </p>
        </div>
        {test.isPending && <Skeleton rows={5} label="Testing the connection" />}
        {!test.isPending && <SaveFailure error={test.error} />}
        {!test.isPending && result !== null && <TestResult result={result} />}
        {!test.isPending && test.data !== undefined && result === null && !isDone && (
          <p className="text-small text-fg-3">The address was changed since its test.</p>
        )}
        <SaveFailure error={change.error ?? reset.error} />
        {isDone && (
          <Notice tone="info">
            Results are kept in {kindName(status.kind)} from now on: {status.location}
          </Notice>
        )}
      </div>
      <div className="flex flex-wrap items-center gap-2 mid:col-span-2">
        <Button
          type="submit"
          kind={result?.ok === true ? 'plain' : 'primary'}
          disabled={isBusy || (isTried && !canTest)}
        >
          <PlugZap aria-hidden="true" strokeWidth={1.75} />
          Test connection
        </Button>
        <Button
          kind={result?.ok === true ? 'primary' : 'plain'}
          disabled={isBusy || result?.ok !== true}
          onClick={() => change.mutate({ url })}
        >
          Use this store
        </Button>
        <span className="flex-1" />
        {status.chosen_by === 'app' && (
          <Button kind="ghost" disabled={isBusy} onClick={() => reset.mutate(undefined)}>
            Back to the file in the data folder
          </Button>
        )}
      </div>
    </form>
  );
}
