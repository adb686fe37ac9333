// A collect in a process of its own, to be killed: DATA_DIR KUBECONFIG NOW_SECONDS.
import { collectOnce } from './collect-backend.ts';

const [dataDir = '', kubeconfig = '', now = '0'] = process.argv.slice(2);
process.stdout.write('started\n');
await collectOnce({ dataDir, kubeconfig, nowSeconds: Number(now) }, '24h');
process.stdout.write('finished\n');
