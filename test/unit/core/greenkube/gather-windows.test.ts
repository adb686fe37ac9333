import { describe, expect, it } from 'vitest';
import { WindowGatherer } from '../../../../src/core/greenkube/gather-windows.ts';
import type { Window } from '../../../../src/model/time.ts';
import { greenKubeRow, SEVEN } from '../../../fakes/greenkube/rows.ts';

const first: Window = { startSeconds: SEVEN, durationSeconds: 300 };
const second: Window = { startSeconds: SEVEN + 300, durationSeconds: 300 };

describe('gathering windows', () => {
  it('answers a window once the next one begins, and the last at the end', () => {
    const gatherer = new WindowGatherer();
    expect(gatherer.end()).toBeNull();
    expect(gatherer.add(greenKubeRow(), first)).toBeNull();
    expect(gatherer.add(greenKubeRow({ podName: 'cart-1' }), first)).toBeNull();
    const ended = gatherer.add(greenKubeRow({ podName: 'cart-2' }), second);
    expect(ended?.window).toEqual(first);
    expect(ended?.pods.map(({ latest }) => latest.podName)).toEqual(['cart-0', 'cart-1']);
    const last = gatherer.end();
    expect([last?.window, last?.rowCount, last?.pods.length]).toEqual([second, 1, 1]);
    expect(gatherer.end()).toBeNull();
  });

  it('adds up what one pod has on one node, and keeps nodes, namespaces and names apart', () => {
    const gatherer = new WindowGatherer();
    for (const part of [
      {},
      { atSeconds: SEVEN + 100 },
      { node: 'n2' },
      { node: null },
      { namespace: 'other' },
      { namespace: 'shop","cart-0' },
    ]) {
      gatherer.add(greenKubeRow(part), first);
    }
    const ended = gatherer.end();
    expect(ended?.rowCount).toBe(6);
    expect(ended?.pods.map(({ joules }) => joules)).toEqual([2000, 1000, 1000, 1000, 1000]);
  });
});
