import type { LucideIcon } from 'lucide-react';
import { useIsDesktop } from '../rpc/provider.tsx';
import { apiCall } from './api-call.ts';
import { CopyButton } from './CopyButton.tsx';

interface Props {
  readonly path: string;
  readonly input: Readonly<Record<string, string | number | boolean | undefined>>;
  readonly Icon?: LucideIcon;
}

/** Address of `podwatt serve` by default; the desktop app has none of its own. */
const USUAL_ORIGIN = 'http://127.0.0.1:8700';

/** Puts the REST call for what is shown on the clipboard. */
export function CopyApiCall({ path, input, ...rest }: Props) {
  const isDesktop = useIsDesktop();
  return (
    <CopyButton
      label="Copy as API call"
      {...rest}
      text={() => apiCall(isDesktop ? USUAL_ORIGIN : window.location.origin, path, input)}
    />
  );
}
