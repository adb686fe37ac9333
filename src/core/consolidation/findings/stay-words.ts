import type { StayReason } from '../plan.ts';

/** Why a node stays, for people. */
export function stayWords(reason: StayReason): string {
  switch (reason.kind) {
    case 'control-plane':
      return 'the control plane runs on it';
    case 'not-ready':
      return 'it is not ready, so nothing is known of its pods';
    case 'cordoned':
      return 'it is cordoned already: someone is at it';
    case 'new':
      return 'it was seen for too few hours';
    case 'last':
      return 'it is the last node that takes pods';
    case 'pinned':
      return `${reason.pod} can't be moved: ${reason.why}`;
    case 'no-owner':
      return `${reason.pod} has no owner and would be lost`;
    case 'budget':
      return reason.pod === null
        ? `the disruption budget ${reason.budget} allows fewer pods to go at once than run on it`
        : `${reason.pod} may not be disturbed now, by ${reason.budget}`;
    case 'no-place':
      return `${reason.pod} would find no place elsewhere`;
    case 'others':
      return `${reason.pod} needs what runs on it where it is`;
  }
}
