import { expect, it } from 'vitest';
import { exposition, type Family } from '../../../../src/server/exporter/exposition.ts';

const family = (samples: Family['samples'], rest: Partial<Family> = {}): Family => ({
  name: 'podwatt_energy_joules_total',
  help: 'Energy.',
  type: 'counter',
  samples,
  ...rest,
});

it('writes help, type and samples, families apart', () => {
  const text = exposition([
    family([
      { labels: { cluster: 'c1', namespace: 'shop' }, value: 12.5 },
      { labels: {}, value: 0 },
    ]),
    family([{ labels: { part: 'score' }, value: 1 }], { name: 'podwatt_up', type: 'gauge', help: 'Up.' }),
  ]);
  expect(text).toBe(
    [
      '# HELP podwatt_energy_joules_total Energy.',
      '# TYPE podwatt_energy_joules_total counter',
      'podwatt_energy_joules_total{cluster="c1",namespace="shop"} 12.5',
      'podwatt_energy_joules_total 0',
      '# HELP podwatt_up Up.',
      '# TYPE podwatt_up gauge',
      'podwatt_up{part="score"} 1',
      '',
    ].join('\n'),
  );
});

it.each([
  ['a quote', 'say "hi"', '"say \\"hi\\""'],
  ['a backslash', 'C:\\prod', '"C:\\\\prod"'],
  ['a line break', 'two\nlines', '"two\\nlines"'],
  ['an escape that was one already', '\\n', '"\\\\n"'],
  ['a closing brace and a fake sample', '"} 1\npodwatt_up 0', '"\\"} 1\\npodwatt_up 0"'],
  ['other scripts', 'Köln 東京', '"Köln 東京"'],
  ['half a pair of surrogates', 'x\ud800', '"x\ufffd"'],
])('keeps %s inside of its label', (_, value, written) => {
  const text = exposition([family([{ labels: { cluster_name: value }, value: 1 }])]);
  expect(text.split('\n')).toHaveLength(4);
  expect(text.split('\n')[2]).toBe(`podwatt_energy_joules_total{cluster_name=${written}} 1`);
});

it('escapes help', () => {
  expect(exposition([family([{ labels: {}, value: 1 }], { help: 'a\nb\\c' })])).toContain('_total a\\nb\\\\c\n');
});

it('leaves out what nothing is known of', () => {
  expect(exposition([family([])])).toBe('');
  expect(exposition([family([{ labels: { cluster: '', team: 'a' }, value: 1 }])])).toContain('_total{team="a"} 1');
  expect(exposition([family([{ labels: { cluster: '' }, value: 1 }])])).toContain('_total 1');
});

it('writes one sample of each series', () => {
  const text = exposition([
    family([
      { labels: { a: 'x' }, value: 1 },
      { labels: { a: 'x' }, value: 2 },
      { labels: { a: 'y' }, value: 3 },
    ]),
  ]);
  expect(text.match(/\{a=".*/g)).toEqual(['{a="x"} 1', '{a="y"} 3']);
});

it.each([
  [Number.NaN, 'NaN'],
  [Number.POSITIVE_INFINITY, '+Inf'],
  [Number.NEGATIVE_INFINITY, '-Inf'],
  [1e21, '1e+21'],
  [1.5e-9, '1.5e-9'],
])('writes %d as %s', (value, written) => {
  expect(exposition([family([{ labels: {}, value }])])).toContain(`_total ${written}\n`);
});
