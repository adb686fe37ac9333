/** The change itself, to copy; all three say the same. */
export interface Change {
  /** Strategic-merge patch, YAML. */
  readonly patchYaml: string;
  /** One command a line. */
  readonly kubectl: string;
  /** Values of the release's chart, where a Helm release owns the workload; null where none does. */
  readonly helmValuesYaml: string | null;
  /** Lines of the manifest before and after, as a diff: `-`, `+` or blank first. */
  readonly diff: readonly { readonly sign: '-' | '+' | ' '; readonly text: string }[];
  /** What to mind before applying, for example a restart of the pods. */
  readonly cautions: readonly string[];
}
