import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';

const module = resolve(import.meta.dirname, '../../../src/server/small-heap.ts');

/** Committed heap after much that lived for a short while. */
function committedBytes(first: string): number {
  const script = `${first}
    const { getHeapStatistics } = await import('node:v8');
    let most = 0;
    let held = [];
    for (let turn = 0; turn < 60; turn += 1) {
      held = [...held.slice(-2), Array.from({ length: 20000 }, (_, index) => ({ index, text: String(index * turn) }))];
      most = Math.max(most, getHeapStatistics().total_heap_size);
    }
    console.log(most);`;
  return Number(execFileSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' }));
}

test('what lives for a short while does not swell the heap', () => {
  const small = committedBytes(`(await import(${JSON.stringify(module)})).keepHeapSmall();`);
  expect(small).toBeLessThan(committedBytes(''));
});
