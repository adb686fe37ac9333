import { Checkbox } from '../../../ui/Checkbox.tsx';
import { Segmented } from '../../../ui/Segmented.tsx';
import { TextField } from '../../../ui/TextField.tsx';
import { FieldLabel } from './FieldLabel.tsx';
import type { DraftProblems, ElasticsearchDraft } from './store-draft.ts';

export function ElasticsearchFields(props: {
  draft: ElasticsearchDraft;
  problems: DraftProblems;
  onChange: (draft: ElasticsearchDraft) => void;
}) {
  const { draft, problems } = props;
  const set = (patch: Partial<ElasticsearchDraft>) => props.onChange({ ...draft, ...patch });
  const isTls = !/^http:/i.test(draft.url.trim());
  return (
    <>
      <TextField
        label="Address of the cluster"
        value={draft.url}
        onChange={(url) => set({ url })}
        placeholder="https://search.example.com:9200"
        error={problems.url ?? null}
        mono
      />
      <FieldLabel label="Sign-in">
        <Segmented
          label="Sign-in"
          value={draft.auth}
          options={[
            { value: 'basic', label: 'User and password' },
            { value: 'api-key', label: 'API key' },
            { value: 'none', label: 'None' },
          ]}
          onChange={(auth) => set({ auth })}
        />
      </FieldLabel>
      {draft.auth === 'basic' && (
        <div className="grid grid-cols-2 gap-3">
          <TextField
            label="User"
            value={draft.user}
            onChange={(user) => set({ user })}
            error={problems.user ?? null}
            mono
          />
          <TextField
            label="Password"
            type="password"
            value={draft.password}
            onChange={(password) => set({ password })}
            error={problems.password ?? null}
          />
        </div>
      )}
      {draft.auth === 'api-key' && (
        <TextField
          label="API key"
          type="password"
          value={draft.apiKey}
          onChange={(apiKey) => set({ apiKey })}
          error={problems.apiKey ?? null}
          help="The encoded form, as Kibana shows it."
        />
      )}
      <div className="grid grid-cols-[minmax(0,1fr)_80px_80px] gap-3">
        <TextField
          label="Index prefix"
          value={draft.prefix}
          onChange={(prefix) => set({ prefix })}
          error={problems.prefix ?? null}
          help={`${draft.prefix.trim() || 'podwatt'}-combined-metrics-…`}
          mono
        />
        <TextField
          label="Shards"
          value={draft.shards}
          onChange={(shards) => set({ shards })}
          error={problems.shards ?? null}
          mono
        />
        <TextField
          label="Replicas"
          value={draft.replicas}
          onChange={(replicas) => set({ replicas })}
          error={problems.replicas ?? null}
          mono
        />
      </div>
      {isTls && (
        <>
          <Checkbox label="Check certificates" checked={draft.verify} onChange={(verify) => set({ verify })} />
          {draft.verify && (
            <TextField
              label="Certificate authority"
              value={draft.authority}
              onChange={(authority) => set({ authority })}
              placeholder="/etc/ssl/company-ca.pem"
              help="Path of a PEM file where Podwatt runs; empty: those of the system."
              mono
            />
          )}
        </>
      )}
    </>
  );
}
