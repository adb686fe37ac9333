import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadZoneNames } from '../../../../src/collectors/tables/index.ts';

const DATA = join(import.meta.dirname, '../../../../resources/data');

test('grid zones have names for people', async () => {
  const names = await loadZoneNames(DATA);
  expect(names.get('FR')).toBe('France');
  expect(names.get('GB')).toBe('Great Britain');
  expect(names.get('US-CAL-CISO')).toMatch(/California|CAISO/i);
  expect(names.size).toBeGreaterThan(150);
  expect([...names.values()].every((name) => name.trim() !== '')).toBe(true);
});

test('a table that is missing is said so', async () => {
  await expect(loadZoneNames('/nowhere')).rejects.toMatchObject({ code: 'not-found' });
});
