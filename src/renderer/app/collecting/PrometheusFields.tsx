import { Select } from '../../ui/Select.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { type PrometheusDraft, urlProblem } from './prometheus-draft.ts';

const AUTH = [
  { value: 'none', label: 'No sign-in' },
  { value: 'bearer', label: 'Bearer token' },
  { value: 'basic', label: 'Name and password' },
] as const;

/** Address of a Prometheus and how to sign in to it. Secrets go in and are never shown again. */
export function PrometheusFields(props: {
  draft: PrometheusDraft;
  hasSecret: boolean;
  onChange: (draft: PrometheusDraft) => void;
}) {
  const { draft } = props;
  const set = (patch: Partial<PrometheusDraft>) => props.onChange({ ...draft, ...patch });
  const kept = props.hasSecret ? 'Kept. Type a new one to replace it.' : '';
  return (
    <div className="flex flex-col gap-3">
      <TextField
        label="Address of Prometheus"
        value={draft.url}
        onChange={(url) => set({ url })}
        placeholder="Found in the cluster by itself"
        error={urlProblem(draft.url)}
        help="Leave it empty to search the cluster and read through the API server."
        mono
      />
      <div className="flex flex-wrap items-start gap-3">
        <div className="flex flex-col gap-1">
          <span className="text-small font-medium">Sign-in</span>
          <Select
            label="Sign-in"
            size="large"
            className="w-44"
            value={draft.auth}
            options={AUTH}
            onChange={(auth) => set({ auth })}
          />
        </div>
        {draft.auth === 'basic' && (
          <TextField
            label="Name"
            value={draft.username}
            onChange={(username) => set({ username })}
            className="flex-1"
          />
        )}
        {draft.auth !== 'none' && (
          <TextField
            label={draft.auth === 'basic' ? 'Password' : 'Token'}
            type="password"
            value={draft.secret}
            onChange={(secret) => set({ secret })}
            help={kept}
            className="flex-1"
          />
        )}
      </div>
    </div>
  );
}
