import { openStore } from '../../../src/backend/store/open-store.ts';
import type { StoreSettings } from '../../../src/core/ports/store-settings.ts';
import { afterWindow, BY_DAY, IN_A_ROW, numberedWindow, POLICY } from './numbered-windows.ts';

// Child of the kill tests: store-child SETTINGS write|maintain|open FIRST. Each line it says is the number of a window
// that is done; `opening` and `open` frame the opening.
const [settingsText, work, first] = process.argv.slice(2);
if (settingsText === undefined || work === undefined) throw new Error('store-child SETTINGS write|maintain|open FIRST');
const settings = JSON.parse(settingsText) as StoreSettings;

process.stdout.write('opening\n');
const store = await openStore(settings);
process.stdout.write('open\n');

for (let index = Number(first); work !== 'open'; index += 1) {
  if (work === 'write') {
    await store.replaceWindow(numberedWindow(index, IN_A_ROW), 1);
    // Now and then a window comes again, and is another.
    if (index % 3 === 0) await store.replaceWindow(numberedWindow(index, IN_A_ROW, { draft: 1 }), 1);
  } else {
    await store.replaceWindow(numberedWindow(index, BY_DAY), 1);
    await store.maintain(POLICY, afterWindow(index, BY_DAY));
  }
  process.stdout.write(`${index}\n`);
}
await store.close();
