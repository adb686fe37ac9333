import { useQuery } from '@tanstack/react-query';
import { FlaskConical } from 'lucide-react';
import * as z from 'zod';
import { useCollecting } from '../../app/collecting/use-collecting.ts';
import { BrandMark } from '../../app/frame/BrandMark.tsx';
import { useSearchState } from '../../app/view/use-search-state.ts';
import { useApi } from '../../rpc/provider.tsx';
import { Button } from '../../ui/Button.tsx';
import { CheckStepPanel } from './CheckStepPanel.tsx';
import { ChooseStep } from './ChooseStep.tsx';
import { FailureNotice } from './FailureNotice.tsx';
import { ReadStep } from './ReadStep.tsx';
import { headline } from './words.ts';

const Search = z.looseObject({ context: z.string().optional().catch(undefined) });

/** From a context of the kubeconfig to first figures: choose, check, read. The address keeps the place. */
export function FirstRunPage() {
  const api = useApi();
  const [{ context: name }, setSearch] = useSearchState(Search);
  const list = useQuery(api.contexts.list.queryOptions());
  const collecting = useCollecting();
  const context = list.data?.contexts.find((item) => item.name === name) ?? null;
  const sample = list.data?.contexts.find((item) => item.is_sample) ?? null;
  const clusterId = collecting.data?.cluster_id ?? context?.cluster_id ?? null;
  const isReading = context !== null && clusterId !== null && (context.collecting || collecting.isSuccess);
  const choose = (next: string | undefined) => {
    collecting.reset();
    setSearch({ context: next });
  };
  const start = (which: string) => collecting.mutate({ context: which, collecting: true });
  return (
    <main className="h-full overflow-auto">
      <div className="mx-auto flex max-w-198 flex-col px-4 py-9">
        <div className="flex min-h-7 items-center gap-2 text-title font-strong">
          <BrandMark />
          Podwatt
          <span className="flex-1" />
          {sample !== null && !isReading && (
            <Button
              kind="ghost"
              className="-mr-2.5"
              onClick={() => {
                setSearch({ context: sample.name });
                start(sample.name);
              }}
            >
              <FlaskConical aria-hidden="true" strokeWidth={1.75} />
              Use sample data instead
            </Button>
          )}
        </div>
        <h1 className="mt-7 text-[22px] leading-7 font-strong tracking-[-0.018em]">{headline(context).title}</h1>
        <p className="mt-1 mb-5 text-fg-2">{headline(context, isReading).body}</p>
        <div className="flex flex-col gap-2">
          <ChooseStep list={list} chosen={context} onChoose={choose} />
          <CheckStepPanel
            context={context}
            isReading={isReading}
            isStarting={collecting.isPending}
            onStart={() => context !== null && start(context.name)}
            onBack={() => choose(undefined)}
          />
          {collecting.error !== null && (
            <FailureNotice
              error={collecting.error}
              action={
                <button type="button" className="link" onClick={() => choose(undefined)}>
                  Choose another context
                </button>
              }
            />
          )}
          <ReadStep clusterId={isReading ? clusterId : null} onReadOn={() => context !== null && start(context.name)} />
        </div>
      </div>
    </main>
  );
}
