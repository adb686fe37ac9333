import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createKubeconfigs } from '../../../src/collectors/kubernetes/kubeconfigs.ts';
import { kubeconfigYaml } from '../../fakes/kubernetes/kubeconfig-yaml.ts';
import { folder, keep } from './harness.ts';

it('calls back for a file that is made, written, replaced and removed, and for no other', async () => {
  const directory = folder();
  const path = join(directory, '.kube', 'config');
  const all = createKubeconfigs({ paths: null, env: {}, homeDir: directory });
  let calls = 0;
  const stop = all.watch(() => {
    calls += 1;
  });
  keep({ close: stop });
  const after = (count: number) => expect.poll(() => calls, { timeout: 10_000 }).toBe(count);
  const names = async () => (await all.list()).contexts.map((context) => context.name);

  expect((await all.list()).files[0]?.problem?.message).toMatch(/does not exist/);
  await settle();
  mkdirSync(join(directory, '.kube'));
  writeFileSync(path, kubeconfigYaml({ server: 'https://h', context: 'one' }));
  await after(1);
  expect(await names()).toEqual(['one']);

  writeFileSync(join(directory, '.kube', 'other'), 'x');
  writeFileSync(`${path}.new`, kubeconfigYaml({ server: 'https://h', context: 'two' }));
  renameSync(`${path}.new`, path);
  await after(2);
  expect(await names()).toEqual(['two']);

  rmSync(path);
  await after(3);
  stop();
  writeFileSync(path, 'late');
  await settle();
  expect(calls).toBe(3);
});

/** The watcher needs a moment to set itself up (and, at the end, a moment in which it could wrongly call). */
function settle(): Promise<void> {
  return new Promise((done) => setTimeout(done, 400));
}
