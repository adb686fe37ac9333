/** Where a worker's entry is: beside this file as TypeScript, or in the build beside the bundle with the same name. */
export function workerUrl(name: string, here: string = import.meta.url): URL {
  return new URL(here.endsWith('.ts') ? `./${name}.ts` : `./${name}.js`, here);
}
