import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect } from 'vitest';
import { createKubeconfigs, type KubeconfigsOptions } from '../../../src/collectors/kubernetes/kubeconfigs.ts';
import type { KubernetesClient } from '../../../src/collectors/kubernetes/kubernetes-client.ts';
import type { Failure } from '../../../src/model/failure.ts';
import { type StubApiServer, type StubOptions, startStubApiServer } from '../../fakes/kubernetes/stub-api-server.ts';

const open: { close(): Promise<void> | void }[] = [];
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close();
});

export const signal = new AbortController().signal;
export const NOW_SECONDS = 1_795_000_000;

/** Closed after the test. */
export function keep<One extends { close(): Promise<void> | void }>(one: One): One {
  open.push(one);
  return one;
}

export async function stub(options: StubOptions = {}): Promise<StubApiServer> {
  return keep(await startStubApiServer(options));
}

/** A folder of its own, removed after the test. */
export function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'podwatt-kube-'));
  keep({ close: () => rmSync(path, { recursive: true, force: true }) });
  return path;
}

export function kubeconfigs(yaml: string, options: Partial<KubeconfigsOptions> = {}) {
  const directory = folder();
  const path = join(directory, 'config');
  writeFileSync(path, yaml);
  const env = { PATH: process.env.PATH };
  return createKubeconfigs({ paths: [path], env, homeDir: directory, nowSeconds: () => NOW_SECONDS, ...options });
}

/** A client of the only context in the text. */
export async function client(yaml: string, options: Partial<KubeconfigsOptions> = {}): Promise<KubernetesClient> {
  return keep(await kubeconfigs(yaml, options).open('stub'));
}

export async function failureOf(promise: Promise<unknown>): Promise<Failure> {
  return promise.then(
    () => expect.fail('should have failed'),
    (error: Failure) => error,
  );
}
