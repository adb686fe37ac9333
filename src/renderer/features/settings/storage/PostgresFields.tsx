import { Select } from '../../../ui/Select.tsx';
import { TextField } from '../../../ui/TextField.tsx';
import { FieldLabel } from './FieldLabel.tsx';
import { type DraftProblems, type PostgresDraft, TLS_MODES, type TlsMode } from './store-draft.ts';

const TLS: Record<TlsMode, { label: string; help: string }> = {
  disable: { label: 'Off', help: 'Nothing is encrypted. For a server on this machine.' },
  prefer: { label: 'If the server can', help: 'Encrypted where the server offers it; who it is, is not checked.' },
  require: { label: 'Always', help: 'Encrypted or not at all; who it is, is not checked.' },
  'verify-ca': { label: 'Check the certificate', help: 'Its certificate has to come from a known authority.' },
  'verify-full': {
    label: 'Check certificate and host',
    help: 'Its certificate has to be of this host, too. The safest.',
  },
};

export function PostgresFields(props: {
  draft: PostgresDraft;
  problems: DraftProblems;
  onChange: (draft: PostgresDraft) => void;
}) {
  const { draft, problems } = props;
  const set = (patch: Partial<PostgresDraft>) => props.onChange({ ...draft, ...patch });
  return (
    <>
      <div className="grid grid-cols-[minmax(0,1fr)_88px] gap-3">
        <TextField
          label="Host"
          value={draft.host}
          onChange={(host) => set({ host })}
          placeholder="db.example.com"
          error={problems.host ?? null}
          mono
        />
        <TextField
          label="Port"
          value={draft.port}
          onChange={(port) => set({ port })}
          error={problems.port ?? null}
          mono
        />
      </div>
      <div className="grid grid-cols-2 gap-3">
        <TextField
          label="Database"
          value={draft.database}
          onChange={(database) => set({ database })}
          error={problems.database ?? null}
          mono
        />
        <TextField
          label="Schema"
          value={draft.schema}
          onChange={(schema) => set({ schema })}
          error={problems.schema ?? null}
          help="Made where it is missing."
          mono
        />
        <TextField label="User" value={draft.user} onChange={(user) => set({ user })} mono />
        <TextField label="Password" type="password" value={draft.password} onChange={(password) => set({ password })} />
      </div>
      <FieldLabel label="Encryption (TLS)" help={TLS[draft.tls].help}>
        <Select
          label="Encryption"
          size="large"
          className="w-full"
          value={draft.tls}
          options={TLS_MODES.map((value) => ({ value, label: TLS[value].label }))}
          onChange={(tls) => set({ tls })}
        />
      </FieldLabel>
      {draft.tls.startsWith('verify') && (
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
  );
}
