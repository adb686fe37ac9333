import { CirclePause, FileWarning, Hourglass, KeyRound, type LucideIcon, TriangleAlert, Unplug } from 'lucide-react';
import { cx } from '../../ui/class-names.ts';
import type { CardFace, CardItem } from './cluster-cards.ts';

const LOOKS: Record<Exclude<CardFace, 'figures'>, { Icon: LucideIcon; colour: string; title: string; body: string }> = {
  'broken-context': {
    Icon: FileWarning,
    colour: 'text-bad',
    title: 'This context cannot be used',
    body: 'Its entry in the kubeconfig is not complete.',
  },
  'never-collected': {
    Icon: CirclePause,
    colour: 'text-fg-3',
    title: 'Never collected',
    body: 'Switch it on to see energy and carbon of this cluster. Podwatt reads only; it never writes to a cluster.',
  },
  waiting: {
    Icon: Hourglass,
    colour: 'text-warn',
    title: 'No figures yet',
    body: 'The first windows are being read. They appear here as soon as one is whole.',
  },
  'signed-out': {
    Icon: KeyRound,
    colour: 'text-bad',
    title: 'Sign-in has run out',
    body: 'Figures up to then are kept; the gap is filled after sign-in.',
  },
  unreachable: {
    Icon: Unplug,
    colour: 'text-warn',
    title: 'Cannot be reached from here',
    body: 'The server did not answer. Often a VPN that is not connected.',
  },
  failing: {
    Icon: TriangleAlert,
    colour: 'text-bad',
    title: 'The last reading failed',
    body: 'Figures up to then are kept; the gap is filled once it works again.',
  },
};

/** Why a card has no figures, in the words of what failed where they are known, and the way on. */
export function CardTrouble({ face, card }: { face: CardFace; card: CardItem }) {
  if (face === 'figures') return null;
  const { Icon, colour, title, body } = LOOKS[face];
  const said = card.context?.problem ?? card.cluster?.last_error ?? card.context?.last_error ?? null;
  return (
    <div className="flex items-start gap-2">
      <Icon aria-hidden="true" strokeWidth={1.75} className={cx('mt-0.5 size-4 shrink-0', colour)} />
      <div className="min-w-0">
        <p className="font-medium">{title}</p>
        <p className="mt-0.5 text-small break-words text-fg-2">
          {said === null ? body : said.message}
          {said?.hint != null && ` ${said.hint}`}
        </p>
      </div>
    </div>
  );
}
