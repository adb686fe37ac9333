// Replays the methodology's examples through the functions that a window is computed with.
// Usage: npm run -s methodology -- FILE
import { readFileSync } from 'node:fs';
import { replayExamples } from './methodology/replay-file.ts';

const [file] = process.argv.slice(2);
if (file === undefined) {
  console.error('Usage: npm run -s methodology -- FILE');
  process.exit(2);
}
try {
  const report = replayExamples(JSON.parse(readFileSync(file, 'utf8')));
  for (const line of report.lines) console.log(line);
  process.exitCode = report.failed === 0 ? 0 : 1;
} catch (error) {
  console.error(`${file} can't be replayed: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}
