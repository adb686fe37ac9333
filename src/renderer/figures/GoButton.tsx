import { ArrowRight } from 'lucide-react';
import { Button } from '../ui/Button.tsx';
import { useGo } from './use-go.ts';

/** The way from a panel to the page that says more. */
export function GoButton(props: {
  readonly to: string;
  readonly own?: Readonly<Record<string, string | undefined>>;
  readonly children: string;
}) {
  const go = useGo();
  return (
    <Button kind="ghost" size="small" onClick={() => go(props.to, props.own)}>
      {props.children}
      <ArrowRight aria-hidden="true" strokeWidth={1.75} />
    </Button>
  );
}
