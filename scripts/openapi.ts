// `node scripts/openapi.ts [--accept-breaking]`: writes the OpenAPI document of the sources into docs/openapi.json.
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { breakingChanges } from './checks/api-changes.ts';
import { committedDocument, currentDocument, SNAPSHOT } from './checks/openapi.ts';

const current = await currentDocument();
const committed = committedDocument();
const broken = committed === null ? [] : breakingChanges(committed, current);
for (const sentence of broken) console.log(sentence);
if (broken.length > 0 && !process.argv.includes('--accept-breaking')) {
  console.error(`${broken.length} changes break programs; --accept-breaking writes them all the same`);
  process.exitCode = 1;
} else {
  writeFileSync(SNAPSHOT, `${JSON.stringify(current, null, 2)}\n`);
  spawnSync('biome', ['format', '--write', SNAPSHOT], { stdio: 'ignore', shell: process.platform === 'win32' });
  console.log(`${SNAPSHOT} is written`);
}
