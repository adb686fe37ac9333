import { describe, expect, it } from 'vitest';
import type { StoreTestResult } from '../../../../src/contract/schemas/store.ts';
import { runLines } from '../../../../src/renderer/features/settings/retention/run-words.ts';
import { testSteps } from '../../../../src/renderer/features/settings/storage/test-steps.ts';
import { lastRun, testResult } from '../../../fakes/client/store-answers.ts';

const states = (more: Partial<StoreTestResult> = {}) => testSteps({ ...testResult, ...more }).map(({ state }) => state);
const details = (more: Partial<StoreTestResult> = {}) =>
  Object.fromEntries(testSteps({ ...testResult, ...more }).map(({ name, detail }) => [name, detail]));

describe('steps of a test', () => {
  it('are all passed where all is well', () => {
    expect(states()).toEqual(['passed', 'passed', 'passed', 'passed', 'passed']);
    expect(testSteps(testResult)[0]?.latencyMilliseconds).toBe(3.4);
  });

  it('stop where nothing answers', () => {
    const nothing = { ok: false, latency_ms: null, server_version: null, schema: null, problem: 'refused' } as const;
    expect(states(nothing)).toEqual(['failed', 'not-tried', 'not-tried', 'not-tried', 'not-tried']);
    expect(details(nothing)['Version']).toBe('not tried');
  });

  it('list rights that are missing', () => {
    const some = { ok: false, missing_rights: ['CREATE on schema public', 'INSERT on leases'], problem: 'rights' };
    expect(details(some)['Rights']).toBe('missing: CREATE on schema public, INSERT on leases');
    expect(states(some)[2]).toBe('failed');
    expect(states(some)[4]).toBe('not-tried');
  });

  it('say that a sign-in was refused by a server that answers', () => {
    const refused = { ok: false, schema: null, server_version: null, problem: 'The password is wrong' };
    expect(states(refused)).toEqual(['passed', 'not-tried', 'failed', 'not-tried', 'not-tried']);
  });

  it.each([
    ['new', 'passed'],
    ['current', 'passed'],
    ['older', 'attention'],
    ['newer', 'failed'],
  ] as const)('judge tables of a schema that is %s as %s', (schema, state) => {
    expect(states({ schema })[3]).toBe(state);
  });

  it('remark that only reading works', () => {
    expect(states({ read_only: true })[4]).toBe('attention');
    expect(details({ read_only: true })['Writing']).toContain('not allowed');
  });
});

describe('what a run did', () => {
  it('is listed finest first, with nothing left out', () => {
    const lines = runLines({
      ...lastRun,
      removed_rows: 1,
      removed_pod_hours: 2,
      removed_hours: 3,
      removed_pod_days: 4,
      removed_days: 5,
      compacted_hours: 6,
    });
    expect(lines.map(({ count }) => count)).toEqual([1, 2, 3, 4, 5, 6]);
  });
});
