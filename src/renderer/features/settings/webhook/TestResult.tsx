import { Check } from 'lucide-react';
import { cx } from '../../../ui/class-names.ts';
import { Notice } from '../../../ui/Notice.tsx';
import { SaveFailure } from '../SaveFailure.tsx';
import type { useWebhookDeeds } from './use-webhook.ts';

/** What became of the test: that it was taken and how fast, or what failed and what to do. */
export function TestResult({
  test,
  className,
}: {
  readonly test: ReturnType<typeof useWebhookDeeds>['test'];
  readonly className: string;
}) {
  if (test.isPending) {
    return (
      <p role="status" className={cx('text-small text-fg-2', className)}>
        Sending a test…
      </p>
    );
  }
  if (test.error !== null) return <SaveFailure error={test.error} className={className} />;
  const result = test.data;
  if (result === undefined) return null;
  if (!result.ok) {
    return (
      <Notice tone="bad" className={className}>
        <span className="block font-medium">{result.message}</span>
        {result.hint}
      </Notice>
    );
  }
  return (
    <p role="status" className={cx('flex items-center gap-2 text-small', className)}>
      <Check aria-hidden="true" className="size-4 text-good" />
      {result.message}
      {result.latency_ms !== null && (
        <span className="num text-fg-3">{result.latency_ms < 1 ? '<1' : Math.round(result.latency_ms)} ms</span>
      )}
    </p>
  );
}
