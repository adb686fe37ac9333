import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shellLine, shellWord } from '../../../../../src/core/recommendations/change/shell.ts';

/** What a shell makes of a line that prints its words. */
function printed(words: readonly string[]): string[] {
  const line = `printf '%s\\0' ${words.map(shellWord).join(' ')}`;
  return execFileSync('/bin/sh', ['-c', line], { encoding: 'utf8' }).split('\0').slice(0, -1);
}

describe('a word of a shell', () => {
  it.each(['web', 'deployment', 'a.b-c', 'Europe/Berlin', 'x=1'])('%s stands plain', (text) => {
    expect(shellWord(text)).toBe(text);
  });

  it.each([
    "'",
    '"',
    '$(id)',
    '`id`',
    ';',
    '&&',
    '|',
    '>',
    'a b',
    '',
    '*',
    '~',
    '-n',
    '#',
    '\\',
    '!',
    'a\nb',
    '{"a":1}',
  ])('%j is quoted', (text) => {
    expect(shellWord(text)).toMatch(/^'/);
  });

  it('hostile words reach the program as they are', () => {
    const words = [
      "it's",
      '$(touch /x)',
      '`id`',
      'a;b',
      'a\nb',
      '"',
      '\\',
      '!!',
      '',
      '*',
      "'; echo 1; '",
      '{"a":"\'"}',
    ];
    expect(printed(words)).toEqual(words);
  });

  it('so does any text', () => {
    const word = fc.string({ unit: 'grapheme', maxLength: 12 }).filter((text) => !text.includes('\0'));
    const all = fc.sample(fc.array(word, { minLength: 20, maxLength: 20 }), { numRuns: 3, seed: 7 });
    for (const words of all) expect(printed(words)).toEqual(words);
  });
});

describe('a line', () => {
  it('leaves plain flags and quotes the rest', () => {
    expect(shellLine(['scale', '-n', 'shop', '--replicas=0'])).toBe('scale -n shop --replicas=0');
    expect(shellLine(['patch', '-p', '{"a":1}'])).toBe(`patch -p '{"a":1}'`);
    expect(shellLine(['--x=$(id)'])).toBe("'--x=$(id)'");
    expect(shellLine(['-nx'])).toBe("'-nx'");
  });
});
