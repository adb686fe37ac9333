import { Segmented } from '../../../ui/Segmented.tsx';
import { TextField } from '../../../ui/TextField.tsx';
import { ElasticsearchFields } from './ElasticsearchFields.tsx';
import { FieldLabel } from './FieldLabel.tsx';
import { PostgresFields } from './PostgresFields.tsx';
import { shownAddressOf } from './store-address.ts';
import type { DraftProblems, StoreDraft } from './store-draft.ts';

/** A kind and its fields, or the address in one piece. */
export function DraftFields(props: {
  draft: StoreDraft;
  problems: DraftProblems;
  /** Nothing is missing or wrong, so that the address can be shown. */
  isWhole: boolean;
  onChange: (draft: StoreDraft) => void;
}) {
  const { draft, problems } = props;
  const set = (patch: Partial<StoreDraft>) => props.onChange({ ...draft, ...patch });
  return (
    <>
      <FieldLabel label="Set up by">
        <Segmented
          label="Set up by"
          value={draft.by}
          options={[
            { value: 'fields', label: 'Fields' },
            { value: 'address', label: 'Address' },
          ]}
          onChange={(by) => set({ by })}
        />
      </FieldLabel>
      {draft.by === 'address' ? (
        <TextField
          label="Address of the store"
          value={draft.address}
          onChange={(address) => set({ address })}
          placeholder="postgres://user:password@host:5432/podwatt"
          error={problems.address ?? null}
          help="As PODWATT_STORE takes it. Write @ : / ? # and % of a password as codes: @ is %40."
          mono
        />
      ) : (
        <>
          <FieldLabel label="Kind">
            <Segmented
              label="Kind of store"
              value={draft.kind}
              options={[
                { value: 'sqlite', label: 'SQLite' },
                { value: 'postgres', label: 'PostgreSQL' },
                { value: 'elasticsearch', label: 'Elasticsearch' },
              ]}
              onChange={(kind) => set({ kind })}
            />
          </FieldLabel>
          {draft.kind === 'sqlite' && (
            <TextField
              label="File"
              value={draft.sqlite.file}
              onChange={(file) => set({ sqlite: { file } })}
              placeholder="/data/podwatt.sqlite"
              error={problems.file ?? null}
              help="On a disk of the machine that Podwatt runs on, not on a network share. Made where it is missing."
              mono
            />
          )}
          {draft.kind === 'postgres' && (
            <PostgresFields draft={draft.postgres} problems={problems} onChange={(postgres) => set({ postgres })} />
          )}
          {draft.kind === 'elasticsearch' && (
            <ElasticsearchFields
              draft={draft.elasticsearch}
              problems={problems}
              onChange={(elasticsearch) => set({ elasticsearch })}
            />
          )}
          {props.isWhole && (
            <p className="text-small text-fg-3">
              As PODWATT_STORE:{' '}
              <code className="font-mono [overflow-wrap:anywhere] text-fg-2">{shownAddressOf(draft)}</code>
            </p>
          )}
        </>
      )}
    </>
  );
}
