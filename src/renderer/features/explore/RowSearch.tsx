import { useEffect, useRef, useState } from 'react';
import { SearchField } from '../../ui/SearchField.tsx';

const PAUSE_MS = 250;

/** Search in the rows; the address follows once typing pauses, so that history and backend stay calm. */
export function RowSearch(props: {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string | undefined) => void;
}) {
  const { value, onChange } = props;
  const [typed, setTyped] = useState(value);
  const sent = useRef(value);
  useEffect(() => {
    // Back, or a drill, changed the address: the field follows.
    if (value === sent.current) return;
    sent.current = value;
    setTyped(value);
  }, [value]);
  useEffect(() => {
    if (typed === sent.current) return;
    const timer = setTimeout(() => {
      sent.current = typed;
      onChange(typed === '' ? undefined : typed);
    }, PAUSE_MS);
    return () => clearTimeout(timer);
  }, [typed, onChange]);
  return <SearchField label={props.label} value={typed} onChange={setTyped} />;
}
