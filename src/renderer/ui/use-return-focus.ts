import { useCallback, useState } from 'react';

/**
 * Gives the focus back to where it was when a window opened over the page: for `onCloseAutoFocus`, because the
 * library knows no trigger of a window that is opened by state. A menu that closed by opening it counts as its button.
 */
export function useReturnFocus(): (event: Event) => void {
  const [opener] = useState(() => openerOf(document.activeElement));
  return useCallback(
    (event: Event) => {
      event.preventDefault();
      if (opener?.isConnected === true) opener.focus();
    },
    [opener],
  );
}

function openerOf(active: Element | null): HTMLElement | null {
  const button = active?.closest('[role="menu"]')?.getAttribute('aria-labelledby');
  const opener = button == null ? active : document.getElementById(button);
  return opener instanceof HTMLElement && opener !== document.body ? opener : null;
}
