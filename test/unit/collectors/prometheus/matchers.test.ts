import { describe, expect, it } from 'vitest';
import { createSelect, oneOf, parseExtraMatchers, quoted } from '../../../../src/collectors/prometheus/matchers.ts';
import { isFailure } from '../../../../src/model/failure.ts';

describe('parseExtraMatchers', () => {
  it('takes one and several matchers with all four operators', () => {
    expect(parseExtraMatchers('cluster="prod"')).toEqual(['cluster="prod"']);
    expect(parseExtraMatchers(' a="1", b!="2" ,c=~"x|y",d!~"z.*" ')).toEqual([
      'a="1"',
      'b!="2"',
      'c=~"x|y"',
      'd!~"z.*"',
    ]);
  });

  it('takes commas, braces and quotes inside a value', () => {
    expect(parseExtraMatchers(String.raw`a="x,y}",b="say \"hi\""`)).toEqual(['a="x,y}"', String.raw`b="say \"hi\""`]);
  });

  it('takes nothing as no matchers', () => {
    expect(parseExtraMatchers(null)).toEqual([]);
    expect(parseExtraMatchers('  ')).toEqual([]);
  });

  it.each([
    'cluster',
    'cluster=prod',
    '{cluster="prod"}',
    'cluster="prod"} or up{a="b"',
    'a="1" b="2"',
    '1a="x"',
    'a="x',
    'a="x",,b="y"',
  ])('refuses %s', (text) => {
    let caught: unknown;
    try {
      parseExtraMatchers(text);
    } catch (error) {
      caught = error;
    }
    expect(isFailure(caught) && caught.code).toBe('bad-input');
    expect(isFailure(caught) && caught.hint).toContain('cluster="prod"');
  });
});

describe('createSelect', () => {
  it('adds the additional matchers to every selector', () => {
    const select = createSelect(['cluster="prod"']);
    expect(select('up')).toBe('up{cluster="prod"}');
    expect(select('up', 'job="a"')).toBe('up{job="a",cluster="prod"}');
    expect(select('', '__name__="x"')).toBe('{__name__="x",cluster="prod"}');
  });

  it('leaves a bare metric bare', () => {
    expect(createSelect([])('up')).toBe('up');
  });
});

describe('oneOf', () => {
  it('matches exactly the given values', () => {
    expect(oneOf('pod', ['a.b', 'c'])).toBe(String.raw`pod=~"a\\.b|c"`);
  });

  it('quotes what would end the literal', () => {
    expect(quoted('a"b\\c\nd')).toBe(String.raw`"a\"b\\c\nd"`);
  });
});
