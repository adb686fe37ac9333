import { type DragEvent, useId, useState } from 'react';
import { cx } from '../../ui/class-names.ts';

/** More than a person types at once: a paste. */
const PASTED_CHARACTERS = 20;

/** The text of a kubeconfig, pasted or dropped as a file; `isWhole` where it came at once and can be looked at. */
export function KubeconfigField(props: {
  value: string;
  onChange: (text: string, isWhole: boolean) => void;
  /** Smaller, once its contexts are shown below. */
  isFolded: boolean;
}) {
  const id = useId();
  const [isOver, setOver] = useState(false);
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    const [file] = event.dataTransfer.files;
    if (file !== undefined) void file.text().then((text) => props.onChange(text, true));
  };
  return (
    <div className="flex flex-col gap-1">
      <label htmlFor={id} className="text-small font-medium">
        Kubeconfig
      </label>
      <textarea
        id={id}
        value={props.value}
        rows={props.isFolded ? 3 : 9}
        spellCheck={false}
        autoComplete="off"
        placeholder="Paste the text here, or drop the file"
        aria-describedby={`${id}-note`}
        onChange={({ target: { value } }) =>
          props.onChange(value, value.length - props.value.length > PASTED_CHARACTERS)
        }
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
        className={cx(
          'resize-none rounded-2 border bg-surface-1 px-2.5 py-2 font-mono text-small focus-visible:shadow-(--focus-ring)',
          isOver ? 'border-ink bg-hover' : 'border-line-control',
        )}
      />
      <span id={`${id}-note`} className="text-small text-fg-3">
        Whole, with its certificates: <code className="font-mono">kubectl config view --flatten --minify --raw</code>
      </span>
    </div>
  );
}
