import { Check, Minus, TriangleAlert, X } from 'lucide-react';
import type { StoreTestResult } from '../../../../contract/schemas/store.ts';
import { cx } from '../../../ui/class-names.ts';
import { Notice } from '../../../ui/Notice.tsx';
import { type TestStep, testSteps } from './test-steps.ts';

const LOOKS: Record<TestStep['state'], { Icon: typeof Check; colour: string; word: string }> = {
  passed: { Icon: Check, colour: 'text-good', word: 'passed' },
  attention: { Icon: TriangleAlert, colour: 'text-warn', word: 'passed with a remark' },
  failed: { Icon: X, colour: 'text-bad', word: 'failed' },
  'not-tried': { Icon: Minus, colour: 'text-fg-3', word: 'not tried' },
};

/** What the test found, step by step; what failed stands above in words. */
export function TestResult({ result }: { result: StoreTestResult }) {
  return (
    <div aria-live="polite" className="flex flex-col gap-2">
      {result.problem !== null && (
        <Notice tone={result.ok ? 'warn' : 'bad'}>
          <span className="block font-medium">{result.problem}</span>
          {result.hint}
        </Notice>
      )}
      {result.ok && result.problem === null && <p className="text-small font-medium">This store can be used.</p>}
      <ul aria-label="Test of the connection" className="flex flex-col">
        {testSteps(result).map(({ name, state, detail, latencyMilliseconds }) => {
          const { Icon, colour, word } = LOOKS[state];
          return (
            <li key={name} className="grid grid-cols-[16px_72px_minmax(0,1fr)_auto] gap-x-2 py-1 text-small">
              <Icon aria-hidden="true" className={cx('size-4', colour)} />
              <span className={state === 'not-tried' ? 'text-fg-3' : ''}>
                {name}
                <span className="sr-only">, {word}</span>
              </span>
              <span className={cx('[overflow-wrap:anywhere]', state === 'not-tried' ? 'text-fg-3' : 'text-fg-2')}>
                {detail}
              </span>
              <span className="num text-fg-3">
                {latencyMilliseconds === null
                  ? ''
                  : `${latencyMilliseconds < 1 ? '<1' : Math.round(latencyMilliseconds)} ms`}
              </span>
            </li>
          );
        })}
      </ul>
    </div>
  );
}
