import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { EncryptionStatus } from '../../../../contract/schemas/kubernetes/encryption.ts';
import { useNow } from '../../../app/use-now.ts';
import { useView } from '../../../app/view/use-view.ts';
import { panelStateOf } from '../../../figures/panel-state.tsx';
import { useApi } from '../../../rpc/provider.tsx';
import { Button } from '../../../ui/Button.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { Panel } from '../../../ui/Panel.tsx';
import { StatusDot } from '../../../ui/StatusDot.tsx';
import { SaveFailure } from '../SaveFailure.tsx';
import { SettingRow } from '../SettingRow.tsx';
import { recordWords, rotatedWords, SOURCE_NAMES } from './encryption-words.ts';
import { RotateDialog } from './RotateDialog.tsx';

/** Which key seals the stored kubeconfigs, which they need, and the way to a new one. Keys themselves are never shown. */
export function EncryptionPanel() {
  const api = useApi();
  const queries = useQueryClient();
  const nowMs = useNow();
  const { tz } = useView();
  const [isAsking, setAsking] = useState(false);
  const status = useQuery(api.k8s.encryption.queryOptions());
  const rotate = useMutation(
    api.k8s.rotateKey.mutationOptions({
      onSettled: () => {
        setAsking(false);
        void queries.invalidateQueries({ queryKey: api.k8s.encryption.key() });
      },
    }),
  );
  return (
    <Panel
      title="Stored kubeconfigs"
      note="AES-256-GCM, a data key for each, sealed by one key"
      padded={false}
      state={panelStateOf([status], { nowMs, tz })}
    >
      {status.data !== undefined && (
        <div className="border-t border-line">
          <SettingRow name="Key in force" about={`${SOURCE_NAMES[status.data.source]}: ${status.data.location}`}>
            <span className="font-mono text-small">{status.data.key_id ?? 'none was needed yet'}</span>
            <Button disabled={rotate.isPending} onClick={() => setAsking(true)}>
              {rotate.isPending ? 'Sealing anew' : 'Rotate…'}
            </Button>
          </SettingRow>
          <SettingRow name="Sealed with" about="A kubeconfig that is pasted is sealed before it is stored.">
            <Records status={status.data} />
          </SettingRow>
          <div className="flex flex-col gap-2 px-4 pb-3 empty:hidden">
            {status.data.advice.map((line) => (
              <Notice key={line} tone={line.includes('not here') ? 'warn' : 'quiet'}>
                {line}
              </Notice>
            ))}
            <SaveFailure error={rotate.error} />
            {rotate.data !== undefined && rotate.error === null && (
              <Notice tone={rotate.data.not_opened.length > 0 ? 'warn' : 'info'}>
                <span className="block font-medium">{rotatedWords(rotate.data)}</span>
                {rotate.data.not_opened.map(({ cluster, key_id }) => (
                  <span key={`${cluster} ${key_id}`} className="block">
                    {cluster} could not be opened: it needs the key {key_id}, and stays as it was.
                  </span>
                ))}
                {rotate.data.advice.map((line) => (
                  <span key={line} className="block break-words">
                    {line}
                  </span>
                ))}
              </Notice>
            )}
          </div>
        </div>
      )}
      {isAsking && status.data !== undefined && (
        <RotateDialog
          source={status.data.source}
          isPending={rotate.isPending}
          onRotate={(file) => rotate.mutate(file === '' ? {} : { new_key_file: file })}
          onClose={() => setAsking(false)}
        />
      )}
    </Panel>
  );
}

function Records({ status }: { status: EncryptionStatus }) {
  if (status.records.length === 0) return <span className="text-small text-fg-2">No kubeconfig is stored</span>;
  return (
    <ul aria-label="Keys that are needed" className="flex flex-col gap-1 text-small">
      {status.records.map((record) => {
        const isInForce = record.key_id === status.key_id;
        return (
          <li key={record.key_id} className="flex items-start gap-2">
            <StatusDot
              status={!record.can_open ? 'broken' : isInForce ? 'healthy' : 'attention'}
              className="mt-1 shrink-0"
            />
            <span>
              <span className="font-mono">{record.key_id}</span>: {recordWords(record, isInForce)}
            </span>
          </li>
        );
      })}
    </ul>
  );
}
