import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { expect, it } from 'vitest';
import { parse } from 'yaml';

type Configuration = Readonly<Record<string, unknown>>;

// The validator is part of electron-builder, in a package that only it depends on.
const ofBuilder = createRequire(createRequire(import.meta.url).resolve('electron-builder/package.json'));
const { validateConfiguration } = ofBuilder('app-builder-lib/out/util/config/config') as {
  validateConfiguration(configuration: Configuration, log: { isEnabled: boolean; add(): void }): Promise<void>;
};
const validate = (configuration: Configuration) =>
  validateConfiguration(configuration, { isEnabled: false, add: () => undefined });
const read = async () => parse(await readFile('electron-builder.yml', 'utf8')) as Configuration;

it('is a configuration that electron-builder takes', async () => {
  await expect(validate(await read())).resolves.not.toThrow();
});

it('would be refused with a key that electron-builder does not know', async () => {
  await expect(validate({ ...(await read()), asarUnpacked: true })).rejects.toThrow(/asarUnpacked/);
});

it('compiles nothing, because SQLite comes built for every system', async () => {
  expect(await read()).toMatchObject({ npmRebuild: false, asar: true });
});

it.each([
  ['mac', 'darwin'],
  ['win', 'win32'],
  ['linux', 'linux'],
])('%s packs the SQLite of %s alone, and no exclusion stands without a file', async (system, platform) => {
  const { files } = (await read())[system] as { files: readonly string[] };
  expect(files).toContain(`!node_modules/better-sqlite3/prebuilds/!(${platform}-\${arch}).node`);
  expect(files.some((pattern) => !pattern.startsWith('!'))).toBe(true);
});

it('has an icon large enough for every system', async () => {
  const png = await readFile('resources/icon.png');
  expect(png.subarray(1, 4).toString()).toBe('PNG');
  // Width and height of the header chunk; macOS wants at least 512.
  expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([1024, 1024]);
});
