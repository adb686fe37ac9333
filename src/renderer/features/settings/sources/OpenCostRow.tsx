import { Coins } from 'lucide-react';
import type { ContextItem } from '../../../../contract/schemas/contexts.ts';
import type { SourceState } from '../../../../contract/schemas/sources.ts';
import { GoButton } from '../../../figures/GoButton.tsx';
import { SourceRow } from './SourceRow.tsx';
import { useSourceTest } from './use-source-settings.ts';

/** What OpenCost of one cluster answers; where it is, is set with the method of that cluster. */
export function OpenCostRow({ context, state }: { context: ContextItem; state: SourceState | undefined }) {
  const test = useSourceTest();
  return (
    <SourceRow
      Icon={Coins}
      name="OpenCost"
      about={`Costs as allocated in ${context.name}`}
      state={state}
      test={test}
      onTest={() => test.mutate({ source: 'opencost', context: context.name })}
    >
      <p className="text-small text-fg-2">Where OpenCost says nothing, unit prices of requests and usage serve.</p>
      <GoButton to="/settings" own={{ section: 'factors', context: context.name }}>
        Address and prices
      </GoButton>
    </SourceRow>
  );
}
