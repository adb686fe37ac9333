import { type FormEvent, useState } from 'react';
import type { Settings } from '../../../../contract/schemas/settings.ts';
import { useGeneralSettings, useSaveSettings } from '../../../app/settings-in-force.ts';
import { useNow } from '../../../app/use-now.ts';
import { useView } from '../../../app/view/use-view.ts';
import { panelStateOf } from '../../../figures/panel-state.tsx';
import { Panel } from '../../../ui/Panel.tsx';
import { TextField } from '../../../ui/TextField.tsx';
import { FormFoot } from '../FormFoot.tsx';
import { SaveFailure } from '../SaveFailure.tsx';
import { SettingRow } from '../SettingRow.tsx';
import { changesOf, draftOf, type FactorsDraft, problemsOf } from './factors-draft.ts';

/** Defaults of the whole app for what a cluster does not tell. */
export function FactorsSection() {
  const settings = useGeneralSettings();
  const nowMs = useNow();
  const { tz } = useView();
  return (
    <Panel title="Grid, for all clusters" padded={false} state={panelStateOf([settings], { nowMs, tz })}>
      {settings.data !== undefined && <Form settings={settings.data} />}
    </Panel>
  );
}

function Form({ settings }: { settings: Settings }) {
  const [typed, setTyped] = useState<FactorsDraft | null>(null);
  const [isSaved, setSaved] = useState(false);
  const save = useSaveSettings(() => {
    setTyped(null);
    setSaved(true);
  });
  const draft = typed ?? draftOf(settings);
  const problems = problemsOf(draft);
  const changes = changesOf(settings, draft);
  const canSave = changes !== null && Object.keys(problems).length === 0;
  const set = (patch: Partial<FactorsDraft>) => {
    setSaved(false);
    setTyped({ ...draft, ...patch });
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (canSave) save.mutate(changes);
  };
  return (
    <form onSubmit={submit} className="border-t border-line">
      <SettingRow
        name="Zone of the grid"
        about="For nodes whose place tells no zone: own hardware, or a region that no table knows."
      >
        <TextField
          label="Zone"
          value={draft.zone}
          onChange={(zone) => set({ zone })}
          placeholder="None"
          error={problems.zone ?? null}
          help="Electricity Maps key, for example FR or US-CAL-CISO."
          mono
          className="self-stretch"
        />
      </SettingRow>
      <SettingRow
        name="Intensity of the grid"
        about="Where not even a zone is known. Without one, the mean of the world is taken and its range is wide."
      >
        <TextField
          label="Intensity"
          value={draft.intensity}
          onChange={(intensity) => set({ intensity })}
          placeholder="475, mean of the world"
          error={problems.intensity ?? null}
          suffix="g CO₂e/kWh"
          className="self-stretch"
        />
      </SettingRow>
      <SaveFailure error={save.error} className="mx-4 mb-3" />
      <FormFoot
        note={isSaved ? 'Saved. The past is restated.' : 'Once saved, the past of all clusters is restated.'}
        isSaved={isSaved}
        canSave={canSave && !save.isPending}
        {...(typed === null ? {} : { onCancel: () => setTyped(null) })}
      />
    </form>
  );
}
