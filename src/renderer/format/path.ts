/** A path below the home folder as people write it: `~/.kube/config`. */
export function shortPath(path: string): string {
  return path.replace(/^(?:\/home\/[^/]+|\/root|\/Users\/[^/]+)(?=\/)/, '~');
}
