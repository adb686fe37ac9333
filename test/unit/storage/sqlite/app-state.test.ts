import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openAppState } from '../../../../src/storage/sqlite/open-app-state.ts';

let folder = '';
let file = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'podwatt-app-'));
  file = join(folder, 'data', 'app.sqlite');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('openAppState', () => {
  it('keeps any JSON value over a restart', async () => {
    const first = await openAppState({ file });
    const values: Record<string, unknown> = {
      text: 'é "quoted"',
      number: 1.5,
      nothing: null,
      no: false,
      list: [1, { deep: [] }],
      object: { a: { b: 'c' } },
    };
    for (const [key, value] of Object.entries(values)) await first.set(key, value);
    await first.close();
    const second = await openAppState({ file });
    for (const [key, value] of Object.entries(values)) expect(await second.get(key)).toEqual(value);
    await second.close();
  });

  it('knows what was never set, replaces and removes', async () => {
    const state = await openAppState({ file });
    expect(await state.get('a')).toBeUndefined();
    await state.set('a', 1);
    await state.set('a', { two: 2 });
    expect(await state.get('a')).toEqual({ two: 2 });
    await state.set('a', undefined);
    expect(await state.get('a')).toBeUndefined();
    await state.set('b', 1);
    await state.remove('b');
    await state.remove('b');
    expect(await state.get('b')).toBeUndefined();
    await state.close();
  });

  it('starts anew where the file is damaged, and says where that is now', async () => {
    const damaged = join(folder, 'damaged.sqlite');
    writeFileSync(damaged, 'no database at all, but long enough to be read as one'.repeat(50));
    const state = await openAppState({ file: damaged });
    expect(readFileSync(state.recovery?.setAsideAs ?? '', 'utf8')).toMatch(/^no database at all/);
    expect(await state.get('a')).toBeUndefined();
    await state.close();
  });

  it('fails with a way out where there can be no file, and after it was closed', async () => {
    await expect(openAppState({ file: folder })).rejects.toMatchObject({ code: 'store' });
    const state = await openAppState({ file });
    await state.close();
    await expect(state.get('a')).rejects.toMatchObject({ code: 'store' });
    await expect(state.set('a', 1)).rejects.toMatchObject({ code: 'store' });
  });
});
