import { TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import type { ContextItem, Contexts } from '../../../contract/schemas/contexts.ts';
import { shortPath, shortPathIn } from '../../format/path.ts';
import { Button } from '../../ui/Button.tsx';
import { Chip } from '../../ui/Chip.tsx';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { SearchField } from '../../ui/SearchField.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { StepPanel } from './StepPanel.tsx';

interface AskedContexts {
  readonly data: Contexts | undefined;
  readonly error: unknown;
  readonly refetch: () => unknown;
}

const FEW = 8;

/** Step 1: the contexts of the kubeconfig files; broken ones are shown with their reason and stop no other. */
export function ChooseStep(props: {
  list: AskedContexts;
  chosen: ContextItem | null;
  onChoose: (context: string | undefined) => void;
}) {
  const [find, setFind] = useState('');
  const { list, chosen } = props;
  if (chosen !== null) {
    return (
      <StepPanel
        number={1}
        title="Choose a context"
        state="done"
        note={
          <>
            <span className="truncate">
              {chosen.name}
              {chosen.file !== null && `, from ${shortPath(chosen.file)}`}
            </span>
            <Button kind="ghost" size="small" className="-mr-2.5" onClick={() => props.onChoose(undefined)}>
              Change
            </Button>
          </>
        }
      />
    );
  }
  const contexts = list.data?.contexts ?? [];
  const shown = contexts.filter((item) =>
    `${item.name} ${item.cluster_name}`.toLowerCase().includes(find.toLowerCase()),
  );
  return (
    <StepPanel
      number={1}
      title="Choose a context"
      state="now"
      note={contexts.length > FEW && <SearchField label="Find a context" value={find} onChange={setFind} />}
    >
      {list.data === undefined && list.error !== null && (
        <ErrorState error={list.error} onRetry={() => void list.refetch()} />
      )}
      {list.data === undefined && list.error === null && <Skeleton rows={3} label="Reading the kubeconfig" />}
      {list.data?.files.map(
        (file) =>
          file.problem !== null && (
            <Notice key={file.path} tone="warn" className="mb-2">
              {shortPathIn(file.problem.message, file.path)}
              {file.problem.hint !== null && ` ${file.problem.hint}`}
            </Notice>
          ),
      )}
      {list.data !== undefined && contexts.filter((item) => !item.is_sample).length === 0 && (
        <p className="mb-2 text-small text-fg-2">
          No kubeconfig with a context was found. Podwatt reads the files named in KUBECONFIG, or ~/.kube/config. The
          sample cluster shows all pages without one.
        </p>
      )}
      <ul aria-label="Contexts" className="-mx-2 mb-1 flex max-h-90 flex-col overflow-auto">
        {shown.map((item) => (
          <li key={item.name}>
            <ContextRow item={item} onChoose={() => props.onChoose(item.name)} />
          </li>
        ))}
      </ul>
      {contexts.length > 0 && shown.length === 0 && (
        <p className="pb-2 text-small text-fg-2">No context is called like “{find}”.</p>
      )}
    </StepPanel>
  );
}

function ContextRow({ item, onChoose }: { item: ContextItem; onChoose: () => void }) {
  const { problem } = item;
  return (
    <button
      type="button"
      disabled={problem !== null}
      onClick={onChoose}
      className="flex min-h-10 w-full items-center gap-2 rounded-2 px-2 py-1 text-left enabled:hover:bg-hover"
    >
      <span className="min-w-0 flex-1">
        <span className={problem === null ? 'font-medium' : 'font-medium text-fg-2'}>{item.name}</span>
        <span className="block truncate text-small text-fg-3">{problem === null && whereOf(item)}</span>
        {problem !== null && (
          <span className="flex items-start gap-1.5 text-small text-fg-2">
            <TriangleAlert aria-hidden="true" className="mt-0.5 size-3 shrink-0 text-warn" />
            <span>
              {problem.message} {problem.hint}
            </span>
          </span>
        )}
      </span>
      {item.is_sample && <Chip>Sample</Chip>}
      {item.is_current && <Chip>Current</Chip>}
    </button>
  );
}

function whereOf(item: ContextItem): string {
  if (item.is_sample) return 'comes with Podwatt, needs no cluster';
  return [item.server_url, item.file === null ? null : `from ${shortPath(item.file)}`]
    .filter((part) => part !== null)
    .join(', ');
}
