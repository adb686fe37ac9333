/** One thing that may be done, in the words of Kubernetes' access rules. */
export interface Right {
  readonly verb: string;
  readonly resource: string;
  readonly apiGroup: string;
}

/** The smallest ClusterRole, as YAML to apply, that gives the rights; verbs and resources of one group stand together. */
export function clusterRoleYaml(name: string, rights: readonly Right[]): string {
  const byGroup = new Map<string, { resources: Set<string>; verbs: Set<string>; apiGroup: string }>();
  const verbsOf = new Map<string, Set<string>>();
  for (const { verb, resource, apiGroup } of rights) {
    const key = `${apiGroup}/${resource}`;
    const verbs = verbsOf.get(key) ?? new Set();
    verbsOf.set(key, verbs.add(verb));
  }
  for (const { resource, apiGroup } of rights) {
    const verbs = verbsOf.get(`${apiGroup}/${resource}`) ?? new Set();
    const key = `${apiGroup} ${[...verbs].sort().join(' ')}`;
    const rule = byGroup.get(key) ?? { resources: new Set(), verbs, apiGroup };
    rule.resources.add(resource);
    byGroup.set(key, rule);
  }
  const rules = [...byGroup.values()].flatMap(({ apiGroup, resources, verbs }) => [
    `  - apiGroups: ["${apiGroup}"]`,
    `    resources: [${quoted(resources)}]`,
    `    verbs: [${quoted(verbs)}]`,
  ]);
  return [
    'apiVersion: rbac.authorization.k8s.io/v1',
    'kind: ClusterRole',
    'metadata:',
    `  name: ${name}`,
    rules.length === 0 ? 'rules: []' : 'rules:',
    ...rules,
    '',
  ].join('\n');
}

function quoted(words: ReadonlySet<string>): string {
  return [...words]
    .sort()
    .map((word) => `"${word}"`)
    .join(', ');
}
