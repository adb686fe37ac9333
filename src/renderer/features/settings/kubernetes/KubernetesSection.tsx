import { useGeneralSettings } from '../../../app/settings-in-force.ts';
import { useNow } from '../../../app/use-now.ts';
import { useView } from '../../../app/view/use-view.ts';
import { panelStateOf } from '../../../figures/panel-state.tsx';
import { Panel } from '../../../ui/Panel.tsx';
import { EncryptionPanel } from './EncryptionPanel.tsx';
import { LabelKeysForm } from './LabelKeysForm.tsx';

/** Who owns what, by labels; and how stored kubeconfigs are kept. */
export function KubernetesSection() {
  const settings = useGeneralSettings();
  const nowMs = useNow();
  const { tz } = useView();
  return (
    <>
      <Panel
        title="Owners"
        note="labels of namespaces and pods"
        padded={false}
        state={panelStateOf([settings], { nowMs, tz })}
      >
        {settings.data !== undefined && <LabelKeysForm labelKeys={settings.data.label_keys} />}
      </Panel>
      <EncryptionPanel />
    </>
  );
}
