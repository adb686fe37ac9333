import { THEMES } from '../../../app/frame/theme-choices.ts';
import { useGeneralSettings, useSaveSettings, useSetTheme } from '../../../app/settings-in-force.ts';
import { useTheme } from '../../../app/theme.ts';
import { useNow } from '../../../app/use-now.ts';
import { localZone } from '../../../app/view/zone.ts';
import { panelStateOf } from '../../../figures/panel-state.tsx';
import { exactMoment } from '../../../format/time.ts';
import { Panel } from '../../../ui/Panel.tsx';
import { Segmented } from '../../../ui/Segmented.tsx';
import { SaveFailure } from '../SaveFailure.tsx';
import { SettingRow } from '../SettingRow.tsx';
import { ZonePicker } from './ZonePicker.tsx';

/** Theme and time zone: taken at once, without a button. */
export function GeneralSection() {
  const settings = useGeneralSettings();
  const theme = useTheme();
  const setTheme = useSetTheme();
  const save = useSaveSettings();
  const now = useNow();
  const chosen = settings.data?.time_zone ?? 'local';
  const zone = chosen === 'local' ? localZone() : chosen;
  return (
    <Panel title="Appearance and time" padded={false} state={panelStateOf([settings], { nowMs: now, tz: zone })}>
      <div className="border-t border-line">
        <SettingRow name="Theme" about="“As the system” follows the system through the day.">
          <Segmented
            label="Theme"
            value={theme}
            options={THEMES.map(({ key, label }) => ({ value: key, label }))}
            onChange={setTheme}
          />
        </SettingRow>
        <SettingRow
          name="Time zone"
          about="Days begin and times are written in it, wherever an address names no other."
        >
          <ZonePicker value={chosen} onChange={(time_zone) => save.mutate({ time_zone })} />
          <span className="text-small text-fg-3">It is {exactMoment(now, zone)} there.</span>
          <SaveFailure error={save.error} className="mt-1 self-stretch" />
        </SettingRow>
      </div>
    </Panel>
  );
}
