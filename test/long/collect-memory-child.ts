// A collect in a process of its own that tells its peak memory: DATA_DIR KUBECONFIG NOW_SECONDS.
import { readFileSync } from 'node:fs';
import { keepHeapSmall } from '../../src/server/small-heap.ts';
import { collectOnce } from '../integration/pipeline/collect-backend.ts';

// As every host does.
keepHeapSmall();

const [dataDir = '', kubeconfig = '', now = '0'] = process.argv.slice(2);
const started = performance.now();
const { windows, rows } = await collectOnce({ dataDir, kubeconfig, nowSeconds: Number(now) }, '24h');
process.stdout.write(
  `${JSON.stringify({ windows, rows, seconds: (performance.now() - started) / 1000, peakBytes: peakBytes() })}\n`,
);

/** maxRSS of Linux counts what the process was started from; the high-water mark of its own memory does not. */
function peakBytes(): number {
  if (process.platform !== 'linux') return process.resourceUsage().maxRSS * 1024;
  const line = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'));
  return Number(line?.[1]) * 1024;
}
