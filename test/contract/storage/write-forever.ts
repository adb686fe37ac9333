import { openSqliteResults } from '../../../src/storage/sqlite/index.ts';
import { NEW_YEAR, nodeRow, sampleNodeWindow, sampleRow, sampleSnapshot, sampleWindow } from './sample-windows.ts';

// Child of the kill tests: writes window after window, says each that is done, and now and then writes one again.
const [file, first] = process.argv.slice(2);
if (file === undefined) throw new Error('write-forever FILE FIRST');
const store = await openSqliteResults({ file, readers: 1 });
for (let index = Number(first); ; index += 1) {
  const write = (size: number) =>
    store.replaceWindow(
      sampleWindow(
        NEW_YEAR + index * 300,
        [
          ...Array.from({ length: 200 }, (_, pod) =>
            sampleRow({ podName: `p-${pod}`, node: `n${pod % 5}` }, size + pod),
          ),
          nodeRow('system'),
        ],
        { nodeWindows: [sampleNodeWindow()], nodeSnapshots: [sampleSnapshot({ embodiedKilograms: index })] },
      ),
      1,
    );
  await write(1 + index);
  if (index % 3 === 0) await write(2 + index);
  process.stdout.write(`${index}\n`);
}
