import { Check } from 'lucide-react';
import { Notice } from '../../../ui/Notice.tsx';
import { Skeleton } from '../../../ui/Skeleton.tsx';
import { SaveFailure } from '../SaveFailure.tsx';
import type { SourceTest } from './use-source-settings.ts';

/** What a test found: that it works and how fast, or what failed and what to do. */
export function SourceTestResult({ test }: { readonly test: SourceTest }) {
  if (test.isPending) return <Skeleton rows={2} label="Testing the connection" />;
  if (test.error !== null) return <SaveFailure error={test.error} />;
  const result = test.data;
  if (result === undefined) return null;
  if (!result.ok) {
    return (
      <Notice tone="bad">
        <span className="block font-medium">{result.message}</span>
        {result.hint}
      </Notice>
    );
  }
  return (
    <div role="status" className="grid grid-cols-[16px_minmax(0,1fr)_auto] gap-x-2 py-1 text-small">
      <Check aria-hidden="true" className="size-4 text-good" />
      <span className="[overflow-wrap:anywhere]">
        {result.message}
        {result.hint !== null && <span className="block text-fg-2">{result.hint}</span>}
      </span>
      <span className="num text-fg-3">
        {result.latency_ms === null ? '' : `${result.latency_ms < 1 ? '<1' : Math.round(result.latency_ms)} ms`}
      </span>
    </div>
  );
}
