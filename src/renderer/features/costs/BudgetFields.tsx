import type { ReactNode } from 'react';
import type { ClusterItem } from '../../../contract/schemas/contexts.ts';
import { Segmented } from '../../ui/Segmented.tsx';
import { Select } from '../../ui/Select.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { ALL_CLUSTERS, type BudgetDraft, type BudgetProblems, needsCluster } from './budget-draft.ts';

const SCOPES = [
  { value: 'cluster', label: 'Cluster' },
  { value: 'namespace', label: 'Namespace' },
  { value: 'team', label: 'Team' },
  { value: 'cost-center', label: 'Cost center' },
] as const;
const KEY_NAMES = { cluster: '', namespace: 'Namespace', team: 'Team', 'cost-center': 'Cost center' } as const;

/** What a budget is for, of what, and how much. */
export function BudgetFields(props: {
  draft: BudgetDraft;
  problems: BudgetProblems;
  clusters: readonly ClusterItem[];
  onChange: (draft: BudgetDraft) => void;
}) {
  const { draft, problems, clusters, onChange } = props;
  const change = (part: Partial<BudgetDraft>) => onChange({ ...draft, ...part });
  const currency = clusters.find((cluster) => cluster.id === draft.cluster)?.currency ?? clusters[0]?.currency;
  const options = [
    ...(needsCluster(draft.scope) && clusters.length > 0 ? [] : [{ value: ALL_CLUSTERS, label: 'All clusters' }]),
    ...clusters.map((cluster) => ({ value: cluster.id, label: cluster.name })),
  ];
  return (
    <>
      <TextField
        label="Name"
        value={draft.name}
        onChange={(name) => change({ name })}
        placeholder="Shop, carbon"
        error={problems.name ?? null}
      />
      <Labelled label="For a">
        <Segmented label="For a" value={draft.scope} options={SCOPES} onChange={(scope) => change({ scope })} />
      </Labelled>
      <div className="grid grid-cols-1 gap-3 min-[560px]:grid-cols-2">
        <Labelled label="Cluster" problem={problems.cluster}>
          <Select
            label="Cluster"
            size="large"
            className="w-full"
            value={draft.cluster}
            options={options}
            onChange={(cluster) => change({ cluster })}
          />
        </Labelled>
        {draft.scope !== 'cluster' && (
          <TextField
            label={KEY_NAMES[draft.scope]}
            value={draft.key}
            onChange={(key) => change({ key })}
            help={draft.scope === 'namespace' ? 'As in Kubernetes' : 'As in the label of its namespaces'}
            error={problems.key ?? null}
          />
        )}
      </div>
      <Labelled label="Of">
        <Segmented
          label="Of"
          value={draft.unit}
          options={[
            { value: 'carbon', label: 'Carbon' },
            { value: 'cost', label: 'Money' },
          ]}
          onChange={(unit) => change({ unit })}
        />
      </Labelled>
      <TextField
        label="Limit a month"
        value={draft.limit}
        onChange={(limit) => change({ limit })}
        suffix={draft.unit === 'carbon' ? 'kg CO₂e' : (currency ?? '')}
        error={problems.limit ?? null}
      />
    </>
  );
}

function Labelled({ label, problem, children }: { label: string; problem?: string | undefined; children: ReactNode }) {
  return (
    <div className="flex min-w-0 flex-col items-start gap-1">
      <span aria-hidden="true" className="text-small font-medium">
        {label}
      </span>
      {children}
      {problem !== undefined && (
        <span role="alert" className="text-small text-bad">
          {problem}
        </span>
      )}
    </div>
  );
}
