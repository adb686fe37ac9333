import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { decodeRelease } from '../../../../../src/collectors/kubernetes/helm/decode.ts';
import { readRelease } from '../../../../../src/collectors/kubernetes/helm/release.ts';
import { recordedItems } from '../../../../fakes/kubernetes/recordings.ts';

const encoded = (document: unknown, packed = true) => {
  const json = Buffer.from(typeof document === 'string' ? document : JSON.stringify(document));
  return Buffer.from((packed ? gzipSync(json) : json).toString('base64')).toString('base64');
};
const secret = (release: string) => ({
  metadata: { name: 'sh.helm.release.v1.shop.v2', namespace: 'shop', creationTimestamp: '2026-11-01T00:00:00Z' },
  type: 'helm.sh/release.v1',
  data: { release },
});
const document = {
  name: 'shop',
  namespace: 'shop',
  version: 2,
  info: { first_deployed: '2026-10-01T00:00:00Z', last_deployed: '2026-10-02T00:00:00Z', status: 'deployed' },
  chart: { metadata: { name: 'store', version: '1.2.3', appVersion: '9' } },
  config: { replicas: 2, db: { password: 'canary-3f9a' } },
  manifest: 'canary-in-the-manifest',
};

describe('the document of a release', () => {
  test('is unpacked, also where it is not packed', () => {
    expect(decodeRelease(encoded({ a: 1 }))).toEqual({ a: 1 });
    expect(decodeRelease(encoded({ a: 1 }, false))).toEqual({ a: 1 });
  });

  test('is none where it is broken, no JSON, or unpacks to more than any release', () => {
    expect(decodeRelease('%%%')).toBeNull();
    expect(decodeRelease(encoded('no json'))).toBeNull();
    const [half] = [encoded({ a: 'b'.repeat(1000) })];
    expect(decodeRelease(half.slice(0, 20))).toBeNull();
    expect(decodeRelease(encoded(`"${'a'.repeat(17 * 1_048_576)}"`))).toBeNull();
  });
});

describe('a release', () => {
  test('keeps chart, status, times and masked values; no manifest', () => {
    const seen = readRelease(secret(encoded(document)));
    expect(seen).toMatchObject({
      kind: 'Release',
      namespace: 'shop',
      release: {
        name: 'shop',
        revision: 2,
        chartName: 'store',
        chartVersion: '1.2.3',
        appVersion: '9',
        status: 'deployed',
        firstDeployedAtSeconds: Date.UTC(2026, 9, 1) / 1000,
        lastDeployedAtSeconds: Date.UTC(2026, 9, 2) / 1000,
      },
    });
    expect(seen?.release.valuesYaml).toContain('replicas: 2');
    expect(JSON.stringify(seen)).not.toContain('canary');
  });

  test('is read from all recorded Secrets', () => {
    const read = recordedItems('helm-secrets').map(readRelease);
    expect(read.map((seen) => `${seen?.release.name} ${seen?.release.revision} ${seen?.release.status}`)).toEqual([
      'products 7 failed',
      'cart-api 3 superseded',
      'cart-api 4 deployed',
      'prometheus 1 deployed',
      'opencost 1 superseded',
      'opencost 2 deployed',
    ]);
  });

  test('has an unknown status and no values where it tells none, and is none without its data', () => {
    const bare = readRelease(
      secret(encoded({ name: 'shop', namespace: 'shop', version: '1', info: { status: 'odd' } })),
    );
    expect(bare?.release).toMatchObject({ status: 'unknown', valuesYaml: null, chartName: 'shop', revision: 1 });
    expect(readRelease({ metadata: { name: 'x', namespace: 'y' }, data: {} })).toBeNull();
    expect(readRelease(secret(encoded({ name: 'shop' })))).toBeNull();
    expect(readRelease(null)).toBeNull();
  });

  test('says that values are too long in place of keeping them', () => {
    const config = Object.fromEntries(
      Array.from({ length: 20_000 }, (_, index) => [`value${index}`, 'plain words here']),
    );
    expect(readRelease(secret(encoded({ ...document, config })))?.release.valuesYaml).toMatch(/too long/);
  });
});
