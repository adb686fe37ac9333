import { Switch } from '../../../ui/Switch.tsx';

/** A switch with its words beside it; taken at once. */
export function SwitchLine(props: {
  readonly label: string;
  readonly checked: boolean;
  readonly disabled?: boolean;
  readonly onChange: (checked: boolean) => void;
}) {
  return (
    <span className="flex items-center gap-2 text-small font-medium">
      <Switch
        label={props.label}
        checked={props.checked}
        disabled={props.disabled ?? false}
        onChange={props.onChange}
      />
      <span aria-hidden="true">{props.label}</span>
    </span>
  );
}
