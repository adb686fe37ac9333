/** So long the thread works on one thing without letting others have their turn. */
const SLICE_MILLISECONDS = 12;
/** The clock is looked at after so many items. */
const ITEMS_A_LOOK = 16;

const waiting: (() => void)[] = [];

/**
 * Resolves in a later turn of the event loop; of those who wait one goes on each turn. Large pieces of work that begin with
 * it never come together in one turn, however many lists are read at once.
 */
export function ownTurn(): Promise<void> {
  return new Promise((go) => {
    waiting.push(go);
    if (waiting.length === 1) setImmediate(letOneGo);
  });
}

function letOneGo(): void {
  waiting.shift()?.();
  if (waiting.length > 0) setImmediate(letOneGo);
}

/** Does the work for each item, with pauses for others that wait for the thread. */
export async function eachInTurns<Item>(
  items: Iterable<Item>,
  work: (item: Item) => void,
  nowMilliseconds: () => number = () => performance.now(),
): Promise<void> {
  let count = 0;
  let since = nowMilliseconds();
  for (const item of items) {
    work(item);
    count += 1;
    if (count % ITEMS_A_LOOK !== 0 || nowMilliseconds() - since < SLICE_MILLISECONDS) continue;
    await ownTurn();
    since = nowMilliseconds();
  }
}
