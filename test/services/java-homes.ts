import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';

const SYSTEM_FOLDER = '/usr/lib/jvm';

/** Home of a Java development kit of this major version or newer (`atMost` or older); null where there is none. */
export function findJavaHome(atLeast: number, atMost = Number.POSITIVE_INFINITY): string | null {
  const fits = (home: string): boolean => {
    const version = majorVersionOf(home);
    return version !== null && version >= atLeast && version <= atMost;
  };
  return candidates().find(fits) ?? null;
}

function candidates(): string[] {
  const named = ['ES9_JAVA_HOME', 'JAVA_HOME'].flatMap((name) => process.env[name] ?? []);
  const installed = existsSync(SYSTEM_FOLDER)
    ? readdirSync(SYSTEM_FOLDER).map((name) => join(SYSTEM_FOLDER, name))
    : [];
  const onPath = spawnSync('sh', ['-c', 'command -v javac'], { encoding: 'utf8' }).stdout?.trim();
  const found = onPath === undefined || onPath === '' ? [] : [dirname(dirname(realpathSync(onPath)))];
  return [...named, ...found, ...installed.sort()].filter((home) => existsSync(join(home, 'bin', 'javac')));
}

/** From the file `release` that every kit has; asking the program itself takes a second. */
function majorVersionOf(home: string): number | null {
  const file = join(home, 'release');
  if (!existsSync(file)) return null;
  const found = /JAVA_VERSION="(\d+)/.exec(readFileSync(file, 'utf8'));
  return found === null ? null : Number(found[1]);
}
