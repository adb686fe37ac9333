import { setTimeout as sleep } from 'node:timers/promises';
import { openStore } from '../../../src/backend/store/open-store.ts';
import type { StoreSettings } from '../../../src/core/ports/store-settings.ts';
import { CLUSTER } from '../../contract/storage/sample-windows.ts';
import { failureCodeOf } from '../../contract/storage/store-fixture.ts';
import { IN_A_ROW, numberedWindow, storedNumbers } from './numbered-windows.ts';

// One of two writers that share a store: writer-child SETTINGS HOLDER. It writes the next window that the ledger lacks
// while it has the lease, and says, as JSON lines, what it was told: {holder, epoch, index, code}.
const [settingsText, holder] = process.argv.slice(2);
if (settingsText === undefined || holder === undefined) throw new Error('writer-child SETTINGS HOLDER');
const LEASE_SECONDS = 2;
const HEARTBEAT_MILLISECONDS = 500;

const store = await openStore(JSON.parse(settingsText) as StoreSettings);
const say = (line: object): void => {
  process.stdout.write(`${JSON.stringify({ holder, ...line })}\n`);
};

const take = async (): Promise<number | null> => {
  const answer = await store
    .takeLease({ clusterId: CLUSTER, holder, holderName: holder, durationSeconds: LEASE_SECONDS })
    .catch(() => null);
  return answer?.kind === 'held' ? answer.lease.epoch : null;
};

say({ epoch: 0, index: -1, code: 'open' });
for (;;) {
  const epoch = await take();
  if (epoch === null) {
    await sleep(50);
    continue;
  }
  let isHeld = true;
  const heart = setInterval(() => {
    void take().then((answer) => {
      if (answer !== epoch) isHeld = false;
    });
  }, HEARTBEAT_MILLISECONDS);
  for (let index = await storedNumbers(store, IN_A_ROW); isHeld; index += 1) {
    // Who wrote it stands in the window itself.
    const window = numberedWindow(index, IN_A_ROW, { writer: `${holder} ${epoch}` });
    const code = await failureCodeOf(store.replaceWindow(window, epoch));
    say({ epoch, index, code });
    if (code !== 'no failure') break;
  }
  clearInterval(heart);
}
