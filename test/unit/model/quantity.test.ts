import { describe, expect, it } from 'vitest';
import { cpuMillicores, parseQuantity, wholeQuantity } from '../../../src/model/quantity.ts';

describe('parseQuantity', () => {
  it.each([
    ['1', 1],
    ['0.5', 0.5],
    ['.5', 0.5],
    ['2.', 2],
    ['100m', 0.1],
    ['250u', 0.00025],
    ['5n', 5e-9],
    ['1k', 1e3],
    ['3M', 3e6],
    ['1.5G', 1.5e9],
    ['2T', 2e12],
    ['1P', 1e15],
    ['1E', 1e18],
    ['64Ki', 65_536],
    ['64Mi', 67_108_864],
    ['1Gi', 1_073_741_824],
    ['1Ti', 2 ** 40],
    ['1Pi', 2 ** 50],
    ['1Ei', 2 ** 60],
    ['12e3', 12_000],
    ['1E3', 1_000],
    ['5e-1', 0.5],
    ['15089204Ki', 15_451_344_896],
    ['76224326324', 76_224_326_324],
    [' 7 ', 7],
    ['-1', -1],
  ])('%s is %d', (text, value) => {
    expect(parseQuantity(text)).toBeCloseTo(value, 12);
  });

  it.each(['', 'm', '1 Gi', '1gi', '1KI', '1ki', 'NaN', '1e', '0x10', '1,5'])('%j is none', (text) => {
    expect(parseQuantity(text)).toBeNull();
  });
});

describe('cpuMillicores', () => {
  it.each([
    ['4', 4000],
    ['3860m', 3860],
    ['0.1', 100],
    ['1.005', 1005],
    ['500u', 1],
    ['rubbish', 0],
    [undefined, 0],
  ])('%s → %d', (text, value) => {
    expect(cpuMillicores(text)).toBe(value);
  });
});

describe('wholeQuantity', () => {
  it('gives bytes, rounded up, and 0 for nothing', () => {
    expect(wholeQuantity('128974848')).toBe(128_974_848);
    expect(wholeQuantity('1500m')).toBe(2);
    expect(wholeQuantity(undefined)).toBe(0);
  });
});
