import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { eachInTurns, ownTurn } from '../../../../../src/collectors/kubernetes/watch/turns.ts';

/** Work that takes so many milliseconds an item, and how many items were done when others had their turns. */
async function turnsOf(count: number, millisecondsEach: number): Promise<number[]> {
  let now = 0;
  let done = 0;
  const turns: number[] = [];
  let isOver = false;
  const others = (async () => {
    while (!isOver) {
      await nextTurn();
      if (!isOver && turns.at(-1) !== done) turns.push(done);
    }
  })();
  const work = () => {
    now += millisecondsEach;
    done += 1;
  };
  await eachInTurns(Array(count).fill(null), work, () => now);
  isOver = true;
  await others;
  return turns;
}

test('quick work is done in one go', async () => {
  expect(await turnsOf(1_000, 0.005)).toEqual([]);
});

test('work that takes long lets others have their turn, the sooner the slower it is', async () => {
  expect(await turnsOf(64, 1)).toEqual([16, 32, 48, 64]);
  expect(await turnsOf(64, 0.5)).toEqual([32, 64]);
});

test('several pieces of work never share a turn', async () => {
  let turn = 0;
  let isOver = false;
  const counting = (async () => {
    while (!isOver) {
      await nextTurn();
      turn += 1;
    }
  })();
  const begun = await Promise.all([1, 2, 3].map(() => ownTurn().then(() => turn)));
  isOver = true;
  await counting;
  expect(new Set(begun).size).toBe(3);
  // Nobody waits any more: the next one goes on as the first did.
  await ownTurn();
});

test('all items are done, in order', async () => {
  const seen: number[] = [];
  await eachInTurns([1, 2, 3], (item) => seen.push(item));
  expect(seen).toEqual([1, 2, 3]);
});

test('what the work throws is thrown', async () => {
  const failing = eachInTurns([1], () => {
    throw new Error('broken');
  });
  await expect(failing).rejects.toThrow('broken');
});
