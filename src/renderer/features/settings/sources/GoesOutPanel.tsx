import { useState } from 'react';
import type { SourceSettings } from '../../../../contract/schemas/sources.ts';
import { Panel, type PanelState } from '../../../ui/Panel.tsx';
import { Segmented } from '../../../ui/Segmented.tsx';
import { RestateLine } from '../RestateLine.tsx';
import { SaveFailure } from '../SaveFailure.tsx';
import { SettingRow } from '../SettingRow.tsx';
import { SwitchLine } from './SwitchLine.tsx';
import { useSaveSources } from './use-source-settings.ts';

/** What leaves this computer at all, and which factors electricity is counted by. */
export function GoesOutPanel({ settings, state }: { settings: SourceSettings | undefined; state: PanelState }) {
  const [restatedFrom, setRestatedFrom] = useState<number | null>(null);
  const offline = useSaveSources();
  const factors = useSaveSources(() => setRestatedFrom(Date.now()));
  return (
    <Panel title="For all sources" padded={false} state={state}>
      {settings !== undefined && (
        <div className="border-t border-line">
          <SettingRow
            name="Offline"
            about="Nothing is asked outside of the clusters: stored hours and the bundled tables serve, and ranges are wider."
          >
            <SwitchLine
              label="Work offline"
              checked={settings.offline}
              disabled={offline.isPending}
              onChange={(next) => offline.mutate({ offline: next })}
            />
            <SaveFailure error={offline.error} className="mt-1 self-stretch" />
          </SettingRow>
          <SettingRow
            name="Factors of electricity"
            about="Lifecycle counts the building of plants and the fuel chain too, and is what most reports ask for; direct counts the chimney only. The two are never mixed, so a change restates all of the past."
          >
            <Segmented
              label="Factors of electricity"
              value={settings.factor_type}
              options={[
                { value: 'lifecycle', label: 'Lifecycle' },
                { value: 'direct', label: 'Direct' },
              ]}
              onChange={(factor_type) => {
                if (factor_type !== settings.factor_type) factors.mutate({ factor_type });
              }}
            />
            <SaveFailure error={factors.error} className="mt-1 self-stretch" />
            {restatedFrom !== null && (
              <RestateLine clusterId={null} savedAtMs={restatedFrom} className="mt-1 self-stretch" />
            )}
          </SettingRow>
        </div>
      )}
    </Panel>
  );
}
