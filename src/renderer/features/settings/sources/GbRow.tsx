import { TowerControl } from 'lucide-react';
import type { SourceSettings, SourceState } from '../../../../contract/schemas/sources.ts';
import { SaveFailure } from '../SaveFailure.tsx';
import { SourceRow } from './SourceRow.tsx';
import { SwitchLine } from './SwitchLine.tsx';
import { useSaveSources, useSourceTest } from './use-source-settings.ts';

/** Live intensities of Great Britain, without a key. */
export function GbRow({ settings, state }: { settings: SourceSettings; state: SourceState | undefined }) {
  const save = useSaveSources();
  const test = useSourceTest();
  return (
    <SourceRow
      Icon={TowerControl}
      name="GB Carbon Intensity"
      about="Live intensity of Great Britain, direct factors; needs no key"
      state={state}
      test={test}
      onTest={() => test.mutate({ source: 'gb-carbon-intensity' })}
    >
      <SwitchLine
        label="Use GB Carbon Intensity"
        checked={settings.gb_carbon_intensity.enabled}
        disabled={save.isPending}
        onChange={(enabled) => save.mutate({ gb_carbon_intensity: { enabled } })}
      />
      {settings.factor_type === 'lifecycle' && (
        <p className="text-small text-fg-3">
          It publishes direct factors only, and the two kinds are never mixed: it serves once direct factors are chosen
          below.
        </p>
      )}
      <SaveFailure error={save.error} className="self-stretch" />
    </SourceRow>
  );
}
