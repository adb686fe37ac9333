import { useEffect, useState } from 'react';

/** The present in epoch milliseconds, anew every `intervalMilliseconds`, so that ages move without an event. */
export function useNow(intervalMilliseconds = 30_000): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), intervalMilliseconds);
    return () => clearInterval(timer);
  }, [intervalMilliseconds]);
  return now;
}
