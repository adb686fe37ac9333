const NAME = /^[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?$/;
const KIND = /^[A-Z][A-Za-z0-9]*$/;
const LONGEST = 253;

/**
 * What Kubernetes takes for the name of a workload, namespace or container, with capitals as well. Nothing that the API
 * server made has another: where one is seen, no command is written for it.
 */
export function isName(text: string): boolean {
  return text.length <= LONGEST && NAME.test(text);
}

export function isKind(text: string): boolean {
  return KIND.test(text);
}
