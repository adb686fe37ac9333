import { Check } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import type { ReactNode } from 'react';

export interface MenuItem {
  readonly key: string;
  readonly label: ReactNode;
  readonly icon?: ReactNode;
  /** Words or a key at the right end. */
  readonly note?: ReactNode;
  readonly checked?: boolean;
  readonly disabled?: boolean;
  readonly onSelect: () => void;
}

/** A list of deeds or of choices (`checked`) from a button. */
export function Menu(props: {
  trigger: ReactNode;
  label: string;
  items: readonly MenuItem[];
  align?: 'start' | 'end';
}) {
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>{props.trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          aria-label={props.label}
          align={props.align ?? 'start'}
          sideOffset={4}
          collisionPadding={8}
          className="appear z-40 min-w-44 rounded-3 bg-overlay p-1 text-fg-1 shadow-2"
        >
          {props.items.map((item) => (
            <DropdownMenu.Item
              key={item.key}
              disabled={item.disabled ?? false}
              onSelect={item.onSelect}
              className="flex h-7 items-center gap-2 rounded-1 px-2 text-[12.5px] select-none data-disabled:opacity-50 data-highlighted:bg-selected data-highlighted:shadow-none [&_svg]:size-4 [&_svg]:shrink-0"
            >
              {item.icon}
              <span className="min-w-0 flex-1 truncate">{item.label}</span>
              {item.note !== undefined && <span className="text-small text-fg-3">{item.note}</span>}
              {item.checked !== undefined && (
                <Check
                  role="img"
                  aria-hidden={!item.checked}
                  aria-label="chosen"
                  className={item.checked ? '' : 'invisible'}
                />
              )}
            </DropdownMenu.Item>
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
