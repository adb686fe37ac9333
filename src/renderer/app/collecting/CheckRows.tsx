import { LoaderCircle } from 'lucide-react';
import type { CheckStep } from '../../../contract/schemas/contexts.ts';
import { cx } from '../../ui/class-names.ts';
import { type Status, StatusDot } from '../../ui/StatusDot.tsx';
import { sourceName } from '../source-names.ts';

const STATUS: Record<Exclude<CheckStep['state'], 'running'>, Status> = {
  passed: 'healthy',
  partial: 'attention',
  failed: 'broken',
  'not-tried': 'off',
};
const WORDS: Record<CheckStep['state'], string> = {
  running: 'being tried',
  passed: 'found',
  partial: 'partly found',
  failed: 'failed',
  'not-tried': 'not tried',
};

/** What can be read from a context, one row a source; hints stand below what failed. */
export function CheckRows({ steps }: { steps: readonly CheckStep[] }) {
  return (
    <ul aria-label="Sources" aria-live="polite" className="flex flex-col">
      {steps.map((step) => (
        <li
          key={step.source}
          className="grid grid-cols-[8px_112px_minmax(0,1fr)_auto] items-start gap-x-2 py-1.5 text-small"
        >
          <span className="flex h-4 items-center">
            {step.state === 'running' ? (
              <LoaderCircle aria-hidden="true" className="turning -ml-0.5 size-3 shrink-0 text-fg-3" />
            ) : (
              <StatusDot status={STATUS[step.state]} />
            )}
          </span>
          <span className="font-medium">
            {sourceName(step.source)}
            <span className="sr-only">, {WORDS[step.state]}</span>
          </span>
          <span className="min-w-0 break-words text-fg-2">
            {step.detail === '' ? WORDS[step.state] : step.detail}
            {step.hint !== null && (
              <span className={cx('mt-0.5 block', step.state === 'failed' ? 'text-fg-1' : 'text-fg-3')}>
                {step.hint}
              </span>
            )}
          </span>
          <span className="num text-fg-3">
            {step.latency_milliseconds === null ? '' : `${Math.round(step.latency_milliseconds)} ms`}
          </span>
        </li>
      ))}
    </ul>
  );
}

/** `5 of 6 found`: what passed or partly passed, of all that was tried. */
export function checkCount(steps: readonly CheckStep[]): string {
  const found = steps.filter((step) => step.state === 'passed' || step.state === 'partial').length;
  return `${found} of ${steps.length} found`;
}
