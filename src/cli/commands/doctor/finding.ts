/** What the doctor found out about one thing. Only `broken` makes the command end with code 1. */
export interface Finding {
  /** `data folder`, `kubeconfig`, `context NAME`, `store`, `grid`, `encryption`. */
  readonly about: string;
  readonly state: 'ok' | 'warning' | 'broken';
  readonly detail: string;
  /** What to do. */
  readonly hint: string | null;
}

export function finding(about: string, state: Finding['state'], detail: string, hint: string | null = null): Finding {
  return { about, state, detail, hint };
}
