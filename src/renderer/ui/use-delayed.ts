import { useEffect, useState } from 'react';

/** True once `active` has lasted: skeletons come after 200 ms, so that a quick answer never flickers. */
export function useDelayed(active: boolean, milliseconds = 200): boolean {
  const [passed, setPassed] = useState(false);
  useEffect(() => {
    if (!active) {
      setPassed(false);
      return undefined;
    }
    const timer = setTimeout(() => setPassed(true), milliseconds);
    return () => clearTimeout(timer);
  }, [active, milliseconds]);
  return active && passed;
}
