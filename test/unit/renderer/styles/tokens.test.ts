import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const css = readFileSync(resolve(import.meta.dirname, '../../../../src/renderer/styles/tokens.css'), 'utf8');
const BLOCKS = {
  light: /:root, \[data-theme="light"\] \{([^}]*)\}/,
  dark: /\[data-theme="dark"\] \{([^}]*)\}/,
};
const SURFACES = ['surface-0', 'surface-1', 'surface-2', 'surface-hover', 'surface-selected', 'surface-overlay'];

/** Values of one theme's tokens that are plain colours or point at another token. */
function tokensOf(theme: keyof typeof BLOCKS): Map<string, string> {
  const block = BLOCKS[theme].exec(css)?.[1] ?? '';
  return new Map([...block.matchAll(/--([\w-]+):\s*([^;]+);/g)].map((match) => [match[1]!, match[2]!.trim()]));
}

function hexOf(tokens: Map<string, string>, name: string): string {
  const value = tokens.get(name) ?? '';
  const pointed = /^var\(--([\w-]+)\)$/.exec(value)?.[1];
  return pointed === undefined ? value : hexOf(tokens, pointed);
}

/** Relative luminance of WCAG 2.2, from `#rrggbb`. */
function luminance(hex: string): number {
  expect(hex).toMatch(/^#[0-9a-f]{6}$/i);
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
}

function contrast(one: string, other: string): number {
  const [dark, light] = [luminance(one), luminance(other)].sort((left, right) => left - right);
  return (light! + 0.05) / (dark! + 0.05);
}

describe.each(['light', 'dark'] as const)('tokens of the %s theme', (theme) => {
  const tokens = tokensOf(theme);
  const hex = (name: string) => hexOf(tokens, name);

  it.each(['text-1', 'text-2'])('%s can be read on every surface', (text) => {
    for (const surface of SURFACES) expect(contrast(hex(text), hex(surface)), surface).toBeGreaterThanOrEqual(4.5);
  });

  it.each(['text-3', 'accent', 'warn', 'bad', 'info'])('%s can be read on panels and the canvas', (text) => {
    for (const surface of ['surface-0', 'surface-1']) {
      expect(contrast(hex(text), hex(surface)), surface).toBeGreaterThanOrEqual(4.5);
    }
  });

  it.each(['accent', 'warn', 'bad', 'info'])('%s can be read on its own soft ground', (name) => {
    expect(contrast(hex(name), hex(`${name}-soft`))).toBeGreaterThanOrEqual(4.5);
  });

  it('inverse text can be read on ink', () => {
    expect(contrast(hex('text-inverse'), hex('ink'))).toBeGreaterThanOrEqual(4.5);
  });

  it.each([1, 2, 3, 4, 5, 6, 7, 8])('series %i stands out from a panel', (series) => {
    expect(contrast(hex(`series-${series}`), hex('surface-1'))).toBeGreaterThanOrEqual(3);
  });

  it.each(['focus', 'border-control', 'q-measured', 'q-modelled', 'q-default'])(
    '%s stands out from a panel',
    (name) => {
      expect(contrast(hex(name), hex('surface-1'))).toBeGreaterThanOrEqual(3);
    },
  );

  it('the grid ramp goes further from the page with more carbon', () => {
    const steps = [1, 2, 3, 4, 5, 6, 7].map((step) => contrast(hex(`grid-${step}`), hex('surface-1')));
    expect(steps).toEqual([...steps].sort((left, right) => left - right));
  });

  it('has every token that the other theme has', () => {
    const other = tokensOf(theme === 'light' ? 'dark' : 'light');
    const colours = [...other.keys()].filter((name) => hexOf(other, name).startsWith('#'));
    expect(
      colours.filter((name) => hex(name) === '' && tokensOf('light').get(name)?.startsWith('var') !== true),
    ).toEqual([]);
  });
});
