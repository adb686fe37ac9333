import type { StoreTestResult } from '../../../../contract/schemas/store.ts';

export interface TestStep {
  readonly name: string;
  readonly state: 'passed' | 'attention' | 'failed' | 'not-tried';
  readonly detail: string;
  readonly latencyMilliseconds: number | null;
}

const SCHEMAS = {
  new: ['passed', 'none yet; they are made when it is used'],
  current: ['passed', 'as this version of Podwatt needs them'],
  older: ['attention', 'of an older version; brought up to date when it is used'],
  newer: ['failed', 'of a newer version of Podwatt; left untouched'],
} as const satisfies Record<NonNullable<StoreTestResult['schema']>, readonly [TestStep['state'], string]>;

const step = (
  name: string,
  state: TestStep['state'],
  detail: string,
  latencyMilliseconds: number | null = null,
): TestStep => ({ name, state, detail, latencyMilliseconds });

/** What a test found, in the order it was tried; after the first thing that failed the rest was not tried. */
export function testSteps(result: StoreTestResult): TestStep[] {
  const answered = result.latency_ms !== null || result.server_version !== null;
  const wasStopped = result.problem !== null && result.missing_rights.length === 0 && result.schema === null;
  const [tables, tablesDetail] =
    result.schema === null ? (['not-tried', 'not tried'] as const) : SCHEMAS[result.schema];
  return [
    step('Answers', answered ? 'passed' : 'failed', result.location, result.latency_ms),
    result.server_version === null
      ? step('Version', 'not-tried', 'not tried')
      : step('Version', 'passed', result.server_version),
    rightsStep(result, answered, wasStopped),
    step('Tables', tables, tablesDetail),
    result.ok || result.read_only
      ? step(
          'Writing',
          result.read_only ? 'attention' : 'passed',
          result.read_only ? 'not allowed; nothing would be collected into it' : 'allowed',
        )
      : step('Writing', 'not-tried', 'not tried'),
  ];
}

function rightsStep(result: StoreTestResult, answered: boolean, wasStopped: boolean): TestStep {
  if (result.missing_rights.length > 0) return step('Rights', 'failed', `missing: ${result.missing_rights.join(', ')}`);
  if (!answered) return step('Rights', 'not-tried', 'not tried');
  return wasStopped ? step('Rights', 'failed', 'refused') : step('Rights', 'passed', 'all that Podwatt needs');
}
