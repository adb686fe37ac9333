import { expect, it } from 'vitest';
import { inSlices } from '../../../../src/backend/score/in-slices.ts';

/** Steps of about 5 ms each. */
function* steps(count: number, done: () => void): Generator<void, string> {
  for (let step = 0; step < count; step += 1) {
    const end = performance.now() + 5;
    while (performance.now() < end);
    done();
    yield;
  }
  return 'over';
}

it('lets others run between slices, and answers the result', async () => {
  let done = 0;
  const seen: number[] = [];
  const watching = setInterval(() => seen.push(done), 0);
  const count = () => {
    done += 1;
  };
  const result = await inSlices(steps(20, count));
  clearInterval(watching);
  expect(result).toBe('over');
  // Others came in between, and never had to wait for all of it.
  expect(seen.some((each) => each > 0 && each < 20)).toBe(true);
});

it('ends at the next pause when its signal fires', async () => {
  const controller = new AbortController();
  let done = 0;
  const running = inSlices(
    steps(200, () => {
      done += 1;
      if (done === 4) controller.abort(new Error('lost'));
    }),
    controller.signal,
  );
  await expect(running).rejects.toThrow('lost');
  expect(done).toBeLessThan(200);
});

it('throws what a step throws', async () => {
  const failing = (function* (): Generator<void, string> {
    yield;
    throw new Error('wrong');
  })();
  await expect(inSlices(failing)).rejects.toThrow('wrong');
});
