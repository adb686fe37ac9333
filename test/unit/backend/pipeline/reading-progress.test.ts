import { expect, test } from 'vitest';
import { emptyResult } from '../../../../src/backend/pipeline/compute-result.ts';
import { ReadingProgress } from '../../../../src/backend/pipeline/reading-progress.ts';
import { Failure } from '../../../../src/model/failure.ts';
import { ManualTime } from '../../../fakes/backend/manual-time.ts';

const empty = (start: number) => emptyResult('c', { startSeconds: start, durationSeconds: 300 }, 0, 'nothing', [], 0);

test('counts windows and tells how long the rest takes', async () => {
  const time = new ManualTime(0);
  const progress = new ReadingProgress(time);
  expect(progress.latest.value.state).toBe('idle');
  progress.started();
  progress.inventoryRead(7);
  progress.planned(4);
  await time.advance(10);
  progress.closed(empty(0));
  expect(progress.latest.value).toMatchObject({
    windowsDone: 1,
    windowsTotal: 4,
    windowsWithoutData: 1,
    secondsLeft: 30,
    soFar: { hours: 0 },
  });
  expect(progress.latest.value.phases.map((phase) => [phase.name, phase.state])).toEqual([
    ['inventory', 'done'],
    ['usage', 'running'],
    ['attribution', 'running'],
    ['grid', 'running'],
    ['cost', 'running'],
  ]);
  progress.finished();
  expect(progress.latest.value).toMatchObject({ state: 'done', secondsLeft: null });
});

test('a failure shows its words; what ended is not ended again', () => {
  const progress = new ReadingProgress(new ManualTime(0));
  progress.started();
  progress.failed(new Failure('tls', 'Not trusted', { hint: 'Add the CA.' }));
  progress.finished();
  expect(progress.latest.value).toMatchObject({
    state: 'failed',
    message: { message: 'Not trusted', hint: 'Add the CA.' },
  });
  expect(progress.latest.value.phases.every((phase) => phase.state === 'failed')).toBe(true);
});
