import { SettingsLink } from '../../app/store/SettingsLink.tsx';
import { cx } from '../../ui/class-names.ts';
import { SECTIONS } from './sections.ts';

/** A column from 1101 px up, a row that wraps below. */
export function SectionList({ current }: { current: string }) {
  return (
    <nav aria-label="Settings" className="flex shrink-0 flex-wrap gap-px mid:sticky mid:top-4 mid:w-42 mid:flex-col">
      {SECTIONS.map(({ key, name, Icon }) => (
        <SettingsLink
          key={key}
          section={key}
          isCurrent={key === current}
          className={cx(
            'flex h-7 items-center gap-2 rounded-2 px-2 font-medium text-fg-2',
            key === current ? 'bg-selected text-fg-1' : 'hover:bg-hover hover:text-fg-1',
          )}
        >
          <Icon
            aria-hidden="true"
            strokeWidth={1.75}
            className={cx('size-4 shrink-0', key !== current && 'text-fg-3')}
          />
          {name}
        </SettingsLink>
      ))}
    </nav>
  );
}
