import { useQuery } from '@tanstack/react-query';
import { Copy, Sigma, SquareTerminal } from 'lucide-react';
import { useState } from 'react';
import type { Explanation } from '../../../contract/schemas/explain.ts';
import { useView } from '../../app/view/use-view.ts';
import { CopyApiCall } from '../../figures/CopyApiCall.tsx';
import { CopyButton } from '../../figures/CopyButton.tsx';
import { type ExplainTarget, explainInput, readTarget } from '../../figures/explain/target.ts';
import { useExplain } from '../../figures/explain/use-explain.ts';
import { useApi } from '../../rpc/provider.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { SidePanel } from '../../ui/SidePanel.tsx';
import { ExplainAnswer } from './ExplainAnswer.tsx';
import { NoTarget, Unanswered, Waiting } from './ExplainStates.tsx';
import { explanationText } from './explain-text.ts';

/** How a figure came about: opens over the page from any figure, and from the address. */
export function ExplainPanel() {
  const { open, close } = useExplain();
  const target = readTarget(open ?? undefined);
  if (open === null) return null;
  if (target === null) {
    return (
      <SidePanel title={TITLE} about={open} onClose={close} opener={() => openerOf(open)}>
        <NoTarget onClose={close} />
      </SidePanel>
    );
  }
  return <Asked target={target} text={open} onClose={close} />;
}

const TITLE = 'How this figure came about';

/** The figure on the page that this is about, after a reload too. */
function openerOf(text: string): HTMLElement | null {
  const figures = document.querySelectorAll<HTMLElement>('[data-explain]');
  return [...figures].find((figure) => figure.dataset['explain'] === text) ?? null;
}

interface AskedProps {
  readonly target: ExplainTarget;
  readonly text: string;
  readonly onClose: () => void;
}

function Asked({ target, text, onClose }: AskedProps) {
  const view = useView();
  const api = useApi();
  const [exact, setExact] = useState(false);
  const input = explainInput(target, view.query);
  const query = useQuery(api.explain.figure.queryOptions({ input }));
  const answer: Explanation | undefined = query.data;
  return (
    <SidePanel
      title={TITLE}
      about={text}
      onClose={onClose}
      opener={() => openerOf(text)}
      actions={
        answer !== undefined && (
          <>
            <CopyButton label="Copy as text" Icon={Copy} text={() => explanationText(answer)} />
            <CopyApiCall path="/explain" input={input} Icon={SquareTerminal} />
            <IconButton
              label={exact ? 'Three digits' : 'All digits and sources'}
              aria-pressed={exact}
              onClick={() => setExact((before) => !before)}
              className={exact ? 'bg-selected' : ''}
            >
              <Sigma aria-hidden="true" strokeWidth={1.75} />
            </IconButton>
          </>
        )
      }
    >
      {answer !== undefined ? (
        <ExplainAnswer key={text} answer={answer} target={target} exact={exact} error={query.error} />
      ) : query.error !== null ? (
        <Unanswered error={query.error} target={target} onRetry={() => void query.refetch()} />
      ) : (
        <Waiting />
      )}
    </SidePanel>
  );
}
