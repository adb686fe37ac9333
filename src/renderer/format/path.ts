/** A path below the home folder as people write it: `~/.kube/config`. */
export function shortPath(path: string): string {
  return path.replace(/^(?:\/home\/[^/]+|\/root|\/Users\/[^/]+)(?=\/)/, '~');
}

/** A sentence that names this file, with its path shortened the same way. */
export function shortPathIn(sentence: string, path: string): string {
  return sentence.replaceAll(path, shortPath(path));
}
