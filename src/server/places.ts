import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as z from 'zod';

const Package = z.object({ name: z.string(), version: z.string() });

/** Where Podwatt's own files are, in a checkout as in an installed package. */
export interface Places {
  readonly version: string;
  /** Built interface. */
  readonly staticDir: string;
  /** Script of the API reference. */
  readonly docsDir: string;
  /** Bundled coefficient tables. */
  readonly dataTablesDir: string;
}

/** Finds the package that a module belongs to: the folder above it whose package.json is ours. */
export function findPlaces(moduleDir: string): Places {
  for (let folder = moduleDir; ; folder = dirname(folder)) {
    const version = versionIn(folder);
    if (version !== null) {
      return {
        version,
        staticDir: join(folder, 'out', 'renderer'),
        docsDir: join(folder, 'out', 'docs'),
        dataTablesDir: join(folder, 'resources', 'data'),
      };
    }
    if (dirname(folder) === folder) throw new Error(`no package of Podwatt above ${moduleDir}`);
  }
}

function versionIn(folder: string): string | null {
  const file = join(folder, 'package.json');
  if (!existsSync(file)) return null;
  const found = Package.safeParse(JSON.parse(readFileSync(file, 'utf8')));
  return found.success && found.data.name === 'podwatt' ? found.data.version : null;
}
