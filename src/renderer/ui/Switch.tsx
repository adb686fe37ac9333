import { Switch as Radix } from 'radix-ui';

/** On or off, at once. `label` is read; the words beside it are the caller's. */
export function Switch(props: {
  label: string;
  checked: boolean;
  onChange: (checked: boolean) => void;
  disabled?: boolean;
}) {
  return (
    <Radix.Root
      aria-label={props.label}
      checked={props.checked}
      onCheckedChange={props.onChange}
      disabled={props.disabled ?? false}
      className="relative my-1 h-4 w-6.5 shrink-0 rounded-full bg-line-control before:absolute before:-inset-1 data-[state=checked]:bg-ink disabled:opacity-50"
    >
      <Radix.Thumb className="block size-3 translate-x-0.5 rounded-full bg-surface-1 transition-transform motion-fast data-[state=checked]:translate-x-3" />
    </Radix.Root>
  );
}
