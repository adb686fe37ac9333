import { useId } from 'react';
import { Chip } from '../../ui/Chip.tsx';
import { cx } from '../../ui/class-names.ts';
import type { PreviewContext } from './register-draft.ts';

const SIGN_INS: Readonly<Record<string, string>> = {
  none: 'no sign-in',
  certificate: 'client certificate',
  token: 'token',
  'token-file': 'token from a file',
  basic: 'user and password',
  exec: 'sign-in program',
  'auth-provider': 'sign-in provider',
};

/** The contexts of a kubeconfig, one of them chosen. */
export function ContextChoice(props: {
  contexts: readonly PreviewContext[];
  chosen: string | null;
  onChoose: (context: PreviewContext) => void;
}) {
  const name = useId();
  return (
    <fieldset className="flex flex-col gap-1">
      <legend className="mb-1 text-small font-medium">
        {props.contexts.length === 1 ? 'Its context' : `One of its ${props.contexts.length} contexts`}
      </legend>
      <div className="max-h-52 overflow-y-auto rounded-2 border border-line">
        {props.contexts.map((context) => (
          <label
            key={context.name}
            className={cx(
              'flex items-start gap-2.5 border-b border-line px-3 py-2 last:border-b-0',
              context.name === props.chosen ? 'bg-selected' : 'hover:bg-hover',
            )}
          >
            <input
              type="radio"
              name={name}
              checked={context.name === props.chosen}
              onChange={() => props.onChoose(context)}
              className="mt-1 accent-ink"
            />
            <span className="min-w-0 flex-1">
              <span className="flex items-center gap-2">
                <span className="truncate font-medium">{context.name}</span>
                {context.is_current && <Chip>current</Chip>}
              </span>
              <span className="block truncate text-small text-fg-3">
                {[context.server_url ?? 'no server', SIGN_INS[context.auth_kind] ?? context.auth_kind].join(', ')}
              </span>
              {context.problem !== null && (
                <span className="block text-small text-bad">
                  {context.problem.message} {context.problem.hint}
                </span>
              )}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
