// A stub API server of a large cluster in a process of its own. Says its kubeconfig; changes as many pods as it is told to.
import type { RawObject } from '../../test/fakes/kubernetes/recordings.ts';
import { startStubApiServer } from '../../test/fakes/kubernetes/stub-api-server.ts';
import { StubObjects } from '../../test/fakes/kubernetes/stub-objects.ts';
import { largeCluster } from './large-cluster.ts';

const [nodes = '300', pods = '10000'] = process.argv.slice(2);
const objects = new StubObjects(largeCluster(Number(nodes), Number(pods)));
const server = await startStubApiServer({ token: 'bench', objects });
const path = '/api/v1/pods';
let changed = 0;

function change(): void {
  const items = objects.items(path);
  const pod = items[(changed * 7919) % items.length];
  if (pod === undefined) return;
  changed += 1;
  const status = pod.status as { containerStatuses?: RawObject[] };
  const containerStatuses = (status.containerStatuses ?? []).map((each) => ({ ...each, restartCount: changed }));
  objects.happen(path, { type: 'MODIFIED', object: { ...pod, status: { ...status, containerStatuses } } });
}

process.on('message', (message: { readonly changes: number }) => {
  for (let count = 0; count < message.changes; count += 1) change();
  process.send?.({ changed });
});
setInterval(() => objects.bookmark(), 60_000).unref();
process.send?.({ kubeconfig: server.kubeconfigYaml() });
