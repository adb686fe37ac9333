import { describe, expect, test } from 'vitest';
import { MASK, maskValues } from '../../../../../src/collectors/kubernetes/helm/mask-values.ts';

const CANARY = 'canary-3f9a';

describe('values of a release', () => {
  test.each([
    ['password', CANARY],
    ['adminPassword', CANARY],
    ['POSTGRES_PASSWORD', CANARY],
    ['apiKey', CANARY],
    ['api_token', CANARY],
    ['client-secret', CANARY],
    ['credentials', { user: CANARY, deeper: [{ any: CANARY }] }],
    ['tlsCert', CANARY],
    ['dsn', CANARY],
    ['connectionString', CANARY],
    ['secret', 12_345],
    ['tokens', [CANARY, { a: CANARY }]],
  ])('%s is masked with all below it', (name, value) => {
    const masked = JSON.stringify(maskValues({ deep: { list: [{ [name]: value }] } }));
    expect(masked).not.toContain(CANARY);
    expect(masked).not.toContain('12345');
    expect(masked).toContain(name);
    expect(masked).toContain(MASK);
  });

  test.each([
    'postgres://user:hunter2@db:5432/shop',
    'redis://:hunter2@cache:6379',
    'Server=db;Password=hunter2;',
    '-----BEGIN PRIVATE KEY-----\nMIIE\n-----END PRIVATE KEY-----',
    'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln',
    'ghp_abcdefghijklmnopqrstuvwxyz0123456789',
    'AKIAIOSFODNN7EXAMPLE',
    'xoxb-1234-5678-abcdefgh',
    'Zx9Qw3Er5Ty7Ui1Op2As4Df6Gh8Jk0Lz',
    '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
    'x'.repeat(5000),
  ])('is masked by its form under a harmless name: %.30s', (text) => {
    expect(maskValues({ note: text, list: [text] })).toEqual({ note: MASK, list: [MASK] });
  });

  test('is masked in an environment list by the name beside it', () => {
    const env = [
      { name: 'DB_PASSWORD', value: CANARY },
      { name: 'LOG_LEVEL', value: 'debug' },
    ];
    expect(maskValues({ env })).toEqual({
      env: [
        { name: 'DB_PASSWORD', value: MASK },
        { name: 'LOG_LEVEL', value: 'debug' },
      ],
    });
  });

  test('what is no secret stays', () => {
    const plain = {
      replicaCount: 2,
      image: { repository: 'registry.example.test/checkout/cart-api', tag: '1.8.1', pullPolicy: 'IfNotPresent' },
      resources: { requests: { cpu: '100m', memory: '128Mi' } },
      service: { type: 'ClusterIP', port: 8080 },
      host: 'cart.checkout.svc.cluster.local',
      url: 'https://grafana.example.test/d/abc',
      existingSecret: 'cart-db',
      secretName: 'cart-tls',
      passwordFile: '/run/secrets/db',
      persistence: { enabled: true, storageClass: 'fast-ssd-replicated' },
      none: null,
      empty: '',
    };
    expect(maskValues(plain)).toEqual(plain);
  });

  test('switches and empty values stay under telling names', () => {
    expect(maskValues({ auth: { enabled: true }, token: '', secret: null })).toEqual({
      auth: { enabled: true },
      token: '',
      secret: null,
    });
  });

  test('ends at a depth where no values are written', () => {
    let deep: unknown = CANARY;
    for (let level = 0; level < 100; level += 1) deep = { a: deep };
    expect(JSON.stringify(maskValues(deep))).not.toContain(CANARY);
  });
});
