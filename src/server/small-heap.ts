import { setFlagsFromString } from 'node:v8';

/**
 * Keeps the memory of this process near to what it uses. Answers of metrics sources are large and short-lived: on a
 * machine with much memory V8 would let hundreds of megabytes of them lie before it clears up. Young objects stay in
 * the space that a process starts with, and the old ones may grow by a third between two clearings.
 *
 * Called before the backend is loaded; both values are read by V8 when a space is about to grow.
 */
export function keepHeapSmall(): void {
  setFlagsFromString('--semi-space-growth-factor=1');
  setFlagsFromString('--heap-growing-percent=30');
}
