import { Cpu } from 'lucide-react';
import { useState } from 'react';
import type { SourceSettings, SourceState } from '../../../../contract/schemas/sources.ts';
import { urlProblem } from '../../../app/collecting/prometheus-draft.ts';
import { Button } from '../../../ui/Button.tsx';
import { TextField } from '../../../ui/TextField.tsx';
import { SaveFailure } from '../SaveFailure.tsx';
import { SourceRow } from './SourceRow.tsx';
import { useSaveSources, useSourceTest } from './use-source-settings.ts';

/** Embodied emissions of machines, from a Boavizta API that a person names. */
export function BoaviztaRow({ settings, state }: { settings: SourceSettings; state: SourceState | undefined }) {
  const [typed, setTyped] = useState<string | null>(null);
  const save = useSaveSources(() => setTyped(null));
  const test = useSourceTest();
  const kept = settings.boavizta.url;
  const text = typed ?? kept ?? '';
  const problem = urlProblem(text);
  const url = text.trim() === '' ? null : text.trim();
  const isChanged = url !== kept;
  return (
    <SourceRow
      Icon={Cpu}
      name="Boavizta"
      about={kept ?? 'Embodied emissions come from the bundled table'}
      state={state}
      test={test}
      onTest={() => test.mutate({ source: 'boavizta', ...(url === null || problem !== null ? {} : { url }) })}
      actions={
        <>
          <Button
            disabled={save.isPending || !isChanged || problem !== null}
            onClick={() => save.mutate({ boavizta: { url } })}
          >
            Save the address
          </Button>
          {typed !== null && isChanged && (
            <Button kind="ghost" onClick={() => setTyped(null)}>
              Undo changes
            </Button>
          )}
        </>
      }
    >
      <TextField
        label="Address"
        value={text}
        onChange={setTyped}
        placeholder="None: the bundled table"
        error={problem}
        help="Of a Boavizta API, for example https://boavizta.example.org. Types of machines are sent to it."
        mono
        className="self-stretch"
      />
      <SaveFailure error={save.error} className="self-stretch" />
    </SourceRow>
  );
}
