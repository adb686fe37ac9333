import { Zap } from 'lucide-react';
import { useState } from 'react';
import type { SourceSettings, SourceState } from '../../../../contract/schemas/sources.ts';
import { Button } from '../../../ui/Button.tsx';
import { SaveFailure } from '../SaveFailure.tsx';
import { KeyField } from './KeyField.tsx';
import { SourceRow } from './SourceRow.tsx';
import { SwitchLine } from './SwitchLine.tsx';
import { useSaveSources, useSourceTest } from './use-source-settings.ts';

/** A key is one word of printable characters: anything else was copied with something around it. */
export const keyProblem = (text: string): string | null =>
  text.trim() === '' || /^[\x21-\x7e]{1,200}$/.test(text.trim())
    ? null
    : 'One word of letters, digits and signs, without spaces';

/** Live intensities of most of the world, with a key. */
export function ElectricityMapsRow({ settings, state }: { settings: SourceSettings; state: SourceState | undefined }) {
  const [typed, setTyped] = useState<string | null>(null);
  const save = useSaveSources(() => setTyped(null));
  const test = useSourceTest();
  const { enabled, has_key } = settings.electricity_maps;
  const problem = typed === null ? null : keyProblem(typed);
  const key = typed?.trim() ?? '';
  return (
    <SourceRow
      Icon={Zap}
      name="Electricity Maps"
      about={
        has_key
          ? 'Live intensity of each zone, with your key'
          : 'Live intensity of most zones of the world; needs a key'
      }
      state={state}
      test={test}
      onTest={() => test.mutate({ source: 'electricity-maps', ...(key === '' || problem !== null ? {} : { key }) })}
      isOpenAtFirst={!has_key}
      actions={
        has_key && typed === null ? undefined : (
          <>
            <Button
              disabled={save.isPending || key === '' || problem !== null}
              onClick={() => save.mutate({ electricity_maps: { key } })}
            >
              {has_key ? 'Replace the key' : 'Set the key'}
            </Button>
            {has_key && (
              <Button kind="ghost" onClick={() => setTyped(null)}>
                Keep the old one
              </Button>
            )}
          </>
        )
      }
    >
      <SwitchLine
        label="Use Electricity Maps"
        checked={enabled}
        disabled={save.isPending}
        onChange={(next) => save.mutate({ electricity_maps: { enabled: next } })}
      />
      <KeyField
        hasKey={has_key}
        typed={typed}
        problem={problem}
        isBusy={save.isPending}
        onType={setTyped}
        onRemove={() => save.mutate({ electricity_maps: { key: null } })}
      />
      <SaveFailure error={save.error} className="self-stretch" />
    </SourceRow>
  );
}
