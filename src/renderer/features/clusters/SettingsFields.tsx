import { type ReactNode, useId } from 'react';
import type { ClusterSettings } from '../../../contract/schemas/contexts.ts';
import { PrometheusFields } from '../../app/collecting/PrometheusFields.tsx';
import { TextField } from '../../ui/TextField.tsx';
import type { DraftProblems, SettingsDraft } from './settings-draft.ts';

export function SettingsFields(props: {
  settings: ClusterSettings;
  draft: SettingsDraft;
  problems: DraftProblems;
  onChange: (draft: SettingsDraft) => void;
}) {
  const { settings, draft, problems } = props;
  const set = (patch: Partial<SettingsDraft>) => props.onChange({ ...draft, ...patch });
  return (
    <>
      <Group title="Usage">
        <PrometheusFields
          draft={draft.prometheus}
          hasSecret={settings.has_prometheus_secret}
          onChange={(prometheus) => set({ prometheus })}
        />
        <TextField
          label="Extra label matcher"
          value={draft.extraMatchers}
          onChange={(extraMatchers) => set({ extraMatchers })}
          placeholder={'cluster="prod-eu"'}
          help="For one Prometheus that holds many clusters."
          mono
        />
        <div className="grid grid-cols-2 gap-3">
          <TextField
            label="Tenant header"
            value={draft.tenantHeader}
            onChange={(tenantHeader) => set({ tenantHeader })}
            placeholder="X-Scope-OrgID"
            mono
          />
          <TextField
            label="Tenant"
            type="password"
            value={draft.tenantValue}
            onChange={(tenantValue) => set({ tenantValue })}
            help="Kept as a secret; empty keeps what is stored."
          />
        </div>
        <Authority
          value={draft.certificateAuthority}
          has={settings.has_certificate_authority}
          onChange={(certificateAuthority) => set({ certificateAuthority })}
        />
      </Group>
      <Group title="Factors">
        <div className="grid grid-cols-2 gap-3">
          <TextField
            label="PUE"
            value={draft.pue}
            onChange={(pue) => set({ pue })}
            error={problems.pue ?? null}
            help="What the data centre needs for each unit of the computers: 1 to 5."
          />
          <TextField
            label="Grid zone"
            value={draft.zone}
            onChange={(zone) => set({ zone })}
            placeholder="From the region of the nodes"
            help="Electricity Maps key, for example FR or US-CAL-CISO."
            mono
          />
        </div>
      </Group>
      <Group title="Prices">
        <div className="grid grid-cols-3 gap-3">
          <TextField
            label="CPU, a core and hour"
            value={draft.cpuPrice}
            onChange={(cpuPrice) => set({ cpuPrice })}
            error={problems.cpuPrice ?? null}
          />
          <TextField
            label="Memory, a GB and hour"
            value={draft.memoryPrice}
            onChange={(memoryPrice) => set({ memoryPrice })}
            error={problems.memoryPrice ?? null}
          />
          <TextField
            label="Currency"
            value={draft.currency}
            onChange={(currency) => set({ currency })}
            placeholder="EUR"
            error={problems.currency ?? null}
          />
        </div>
      </Group>
    </>
  );
}

function Group({ title, children }: { title: string; children: ReactNode }) {
  return (
    <fieldset className="flex flex-col gap-3">
      <legend className="mb-2 text-title font-strong">{title}</legend>
      {children}
    </fieldset>
  );
}

function Authority({ value, has, onChange }: { value: string; has: boolean; onChange: (value: string) => void }) {
  const id = useId();
  return (
    <div className="flex flex-col gap-1">
      <label htmlFor={id} className="text-small font-medium">
        Certificate authority
      </label>
      <textarea
        id={id}
        rows={3}
        value={value}
        spellCheck={false}
        placeholder="-----BEGIN CERTIFICATE-----"
        onChange={(event) => onChange(event.target.value)}
        className="rounded-2 border border-line-control bg-surface-1 px-2.5 py-1.5 font-mono text-small"
      />
      <span className="text-small text-fg-3">
        {has
          ? 'One is kept. Paste another to replace it.'
          : 'PEM text, where the server has a certificate of your own.'}
      </span>
    </div>
  );
}
