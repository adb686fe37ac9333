import type { KubeconfigPreview } from '../../../contract/schemas/kubernetes/clusters.ts';
import { Checkbox } from '../../ui/Checkbox.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { demandsSomething, type PreviewContext } from './register-draft.ts';

/** What a context would run and read on this machine, and the question whether it may. */
export function ConsentPart(props: {
  context: PreviewContext;
  policy: KubeconfigPreview['consent'];
  isGiven: boolean;
  onChange: (isGiven: boolean) => void;
}) {
  const { context, policy } = props;
  if (!demandsSomething(context)) return null;
  return (
    <Notice tone={policy === 'refused' ? 'bad' : 'warn'}>
      <span className="block font-medium">
        {policy === 'refused'
          ? 'This server does not run programs or read files for a kubeconfig'
          : 'This context does more than call its cluster'}
      </span>
      <Demands title="It runs, at each sign-in" lines={context.runs} />
      <Demands title="It reads" lines={context.reads} />
      {policy === 'refused' ? (
        <p className="mt-1">
          Use a kubeconfig with a token or certificate inside, or start Podwatt with
          PODWATT_ALLOW_KUBECONFIG_PROGRAMS=true.
        </p>
      ) : (
        <div className="mt-2">
          <Checkbox
            label="I know where this kubeconfig comes from, and allow that on this machine"
            checked={props.isGiven}
            onChange={props.onChange}
          />
        </div>
      )}
    </Notice>
  );
}

function Demands({ title, lines }: { title: string; lines: readonly string[] }) {
  if (lines.length === 0) return null;
  return (
    <div className="mt-1">
      {title}:
      <ul>
        {lines.map((line) => (
          <li key={line} className="font-mono break-all">
            {line}
          </li>
        ))}
      </ul>
    </div>
  );
}
