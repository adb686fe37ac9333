import { describe, expect, it } from 'vitest';
import { type MemoryDeps, spareMemory, spareMemoryOfThread } from '../../../../src/backend/pipeline/spare-memory.ts';

/** A heap whose size the test sets; collecting brings it down to what is live. */
function fakeHeap(liveBytes: number) {
  const heap = { bytes: liveBytes, liveBytes, collected: 0, ended: 0, tick: (): void => undefined };
  const deps: MemoryDeps = {
    heapBytes: () => heap.bytes,
    collectGarbage: () => {
      heap.collected += 1;
      heap.bytes = heap.liveBytes;
    },
    every: (_milliseconds, run) => {
      heap.tick = run;
      return () => {
        heap.ended += 1;
      };
    },
  };
  return { heap, deps };
}

describe('spareMemory', () => {
  it('collects once the heap has grown by 32 MB, and again after as much', () => {
    const { heap, deps } = fakeHeap(40e6);
    spareMemory(deps);
    for (const bytes of [60e6, 71e6, 73e6, 71e6, 73e6]) {
      heap.bytes = bytes;
      heap.tick();
    }
    expect(heap.collected).toBe(2);
  });

  it('lets a large heap grow by half of what is in use', () => {
    const { heap, deps } = fakeHeap(400e6);
    spareMemory(deps);
    heap.bytes = 590e6;
    heap.tick();
    expect(heap.collected).toBe(0);
    heap.bytes = 610e6;
    heap.tick();
    expect(heap.collected).toBe(1);
  });

  it('does not collect in vain while what is in use grows', () => {
    const { heap, deps } = fakeHeap(40e6);
    spareMemory(deps);
    heap.liveBytes = 100e6;
    heap.bytes = 110e6;
    heap.tick();
    heap.tick();
    heap.bytes = 140e6;
    heap.tick();
    expect(heap.collected).toBe(1);
  });

  it('measures from the lowest size seen', () => {
    const { heap, deps } = fakeHeap(100e6);
    spareMemory(deps);
    heap.bytes = 50e6;
    heap.tick();
    heap.bytes = 90e6;
    heap.tick();
    expect(heap.collected).toBe(1);
  });

  it('ends when it is told to', () => {
    const { heap, deps } = fakeHeap(40e6);
    spareMemory(deps)();
    expect(heap.ended).toBe(1);
  });
});

describe('spareMemoryOfThread', () => {
  it('can be wanted by several at once, and given up', () => {
    const ends = [spareMemoryOfThread(), spareMemoryOfThread()];
    for (const end of ends) expect(end).not.toThrow();
    expect(spareMemoryOfThread()).not.toThrow();
  });
});
