import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/**
 * Where a worker's entry is. In the build: beside the bundle, with the same name. From source: in the folder `threads`,
 * where tests and benchmarks have put it bundled, else the TypeScript beside the file. Node takes the types out of
 * TypeScript by WebAssembly, and with several threads at it V8 now and then ends the whole process (SIGTRAP).
 */
export function workerUrl(
  name: string,
  here: string = import.meta.url,
  threads: string | undefined = process.env.PODWATT_THREADS,
): URL {
  if (!here.endsWith('.ts')) return new URL(`./${name}.js`, here);
  if (threads === undefined) return new URL(`./${name}.ts`, here);
  return pathToFileURL(join(threads, `${name}.js`));
}
