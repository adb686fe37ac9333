import { useMutation } from '@tanstack/react-query';
import { Download } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { joinParts } from '../../format/parts.ts';
import { formatDisk } from '../../format/quantity.ts';
import { failureOf, isAbort } from '../../rpc/failure.ts';
import { useClient } from '../../rpc/provider.tsx';
import { Button } from '../../ui/Button.tsx';
import { readExport, saveFile } from '../export/download.ts';
import type { reportRequest } from './report-search.ts';

interface Props {
  readonly request: ReturnType<typeof reportRequest>;
  readonly isDisabled: boolean;
}

/** The whole report as a file; says how much has come, and can be stopped. */
export function Downloads({ request, isDisabled }: Props) {
  const client = useClient();
  const [characters, setCharacters] = useState(0);
  const running = useRef<AbortController | null>(null);
  useEffect(() => () => running.current?.abort(), []);
  const save = useMutation({
    mutationFn: (format: 'csv' | 'json') => {
      const controller = new AbortController();
      running.current = controller;
      setCharacters(0);
      return readExport(client, { ...request, format }, { signal: controller.signal, onText: setCharacters });
    },
    onSuccess: saveFile,
  });
  const failed = save.error === null || isAbort(save.error) ? null : failureOf(save.error);
  if (save.isPending) {
    return (
      <>
        <span role="status" className="text-small text-fg-2 tabular-nums">
          {characters === 0 ? 'Writing the file' : `${joinParts(formatDisk(characters))} written`}
        </span>
        <Button size="small" onClick={() => running.current?.abort()}>
          Stop
        </Button>
      </>
    );
  }
  return (
    <>
      {failed !== null && (
        <span role="alert" className="max-w-90 truncate text-small text-bad" title={failed.hint ?? undefined}>
          {failed.message}
        </span>
      )}
      <Button size="small" disabled={isDisabled} onClick={() => save.mutate('csv')}>
        <Download aria-hidden="true" strokeWidth={1.75} />
        CSV
      </Button>
      <Button size="small" disabled={isDisabled} onClick={() => save.mutate('json')}>
        <Download aria-hidden="true" strokeWidth={1.75} />
        JSON
      </Button>
    </>
  );
}
