import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { toYaml, toYamlDocuments } from '../../../../../src/core/recommendations/change/yaml.ts';

describe('block YAML', () => {
  it('is what a person would write', () => {
    const value = {
      kind: 'Deployment',
      spec: { replicas: 0, containers: [{ name: 'app', cpu: '600m' }, { name: 'b' }] },
    };
    expect(toYaml(value)).toBe(
      'kind: Deployment\nspec:\n  replicas: 0\n  containers:\n    - name: app\n      cpu: 600m\n    - name: b\n',
    );
  });

  it('keeps nothing and lists of nothing', () => {
    expect(parse(toYaml({ a: {}, b: [], c: true }))).toEqual({ a: {}, b: [], c: true });
  });

  it('parts documents', () => {
    const documents = parseAllDocuments(toYamlDocuments([{ a: 1 }, { b: 2 }]));
    expect(documents.map((each) => (Array.isArray(each) ? null : each.toJS()))).toEqual([{ a: 1 }, { b: 2 }]);
  });

  it.each(['600m', '16Mi', '2Gi', 'apps/v1', 'query-api', '$patch', 'a.b_c'])('%s stands plain', (text) => {
    expect(toYaml({ a: text })).toBe(`a: ${text}\n`);
  });

  it.each([
    'yes',
    'No',
    'on',
    'OFF',
    'true',
    'null',
    'Null',
    '~',
    'y',
    'N',
    '1e3',
    '0x1f',
    '1_000',
    '12',
    '1.5',
    '',
    ' ',
    '-',
    '- a',
    'a: b',
    'a #b',
    '#a',
    '&a',
    '*a',
    '!a',
    '%a',
    '@a',
    '`a',
    '{a}',
    '[a]',
    '> a',
    '| a',
    "it's",
    '"',
    'a\nb: c',
    'a\r\nb',
    '\t',
    '---',
    '...',
    'é',
    '\u2028',
    '\u0085',
    '😀',
    '\u0000',
    '30 1 * * *',
    '2026-11-02',
    '.inf',
    '0o17',
    '12:30:45',
  ])('text %j stays text', (text) => {
    expect(parse(toYaml({ a: text }))).toEqual({ a: text });
    expect(parse(toYaml({ a: text }), { version: '1.1' })).toEqual({ a: text });
    expect(toYaml({ a: text }).split('\n')).toHaveLength(2);
  });

  it('any text as key or value is read back as it was', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (key, text) => {
        // A key that a YAML reader takes for its own is no name of Kubernetes.
        fc.pre(key !== '<<' && key !== '__proto__');
        expect(parse(toYaml({ [`k${key}`]: text }))).toEqual({ [`k${key}`]: text });
      }),
      { numRuns: 200 },
    );
  });
});
