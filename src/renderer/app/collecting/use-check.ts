import type { CheckStep } from '../../../contract/schemas/contexts.ts';
import { useClient } from '../../rpc/provider.tsx';
import { useStream } from '../../rpc/use-stream.ts';

const ORDER: readonly CheckStep['source'][] = ['kubernetes', 'usage', 'energy', 'cost', 'grid', 'hardware'];

export interface Check {
  /** The last word on each source, in a fixed order; a source nobody spoke of yet is left out. */
  readonly steps: readonly CheckStep[];
  readonly status: 'idle' | 'running' | 'done' | 'failed';
  readonly error: unknown;
  readonly again: () => void;
}

/** Asks a context what can be read, live; null asks nothing. */
export function useCheck(context: string | null): Check {
  const client = useClient();
  const stream = useStream(context, (name, signal) => client.contexts.check({ context: name }, { signal }));
  return { steps: lastSteps(stream.items), status: stream.status, error: stream.error, again: stream.again };
}

export function lastSteps(items: readonly CheckStep[]): CheckStep[] {
  const last = new Map(items.map((step) => [step.source, step]));
  return ORDER.flatMap((source) => {
    const step = last.get(source);
    return step === undefined ? [] : [step];
  });
}
