// `npm run bench -- NAME`: one benchmark of bench/, or all of them. Each prints its own figures and ratios.
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { bundleThreads } from './threads.ts';

const names = readdirSync('bench')
  .filter((name) => name.endsWith('.ts'))
  .map((name) => name.slice(0, -3));
const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !names.includes(name));
if (unknown.length > 0) {
  console.error(`No benchmark called ${unknown.join(', ')}; there are: ${names.join(', ')}`);
  process.exit(2);
}
// Threads run from bundles, as in the product.
const threads = await bundleThreads();
const env = { ...process.env, PODWATT_THREADS: threads.folder };
for (const name of wanted.length > 0 ? wanted : names) {
  console.log(`== ${name}`);
  const result = spawnSync(process.execPath, ['--expose-gc', join('bench', `${name}.ts`)], {
    stdio: 'inherit',
    env,
  });
  if (result.status !== 0) process.exitCode = 1;
}
threads.remove();
