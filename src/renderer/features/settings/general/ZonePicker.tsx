import { Command } from 'cmdk';
import { Check, ChevronDown } from 'lucide-react';
import { useState } from 'react';
import { localZone } from '../../../app/view/zone.ts';
import { Popover } from '../../../ui/Popover.tsx';

const zones = (): readonly string[] => [...new Set(['UTC', ...Intl.supportedValuesOf('timeZone')])];

/** The computer's zone (`local`) or one of all that are known; type to find one. */
export function ZonePicker({ value, onChange }: { value: string; onChange: (zone: string) => void }) {
  const [open, setOpen] = useState(false);
  const nameOf = (zone: string) => (zone === 'local' ? `As this computer, ${localZone()}` : zone.replaceAll('_', ' '));
  const choose = (zone: string) => {
    setOpen(false);
    if (zone !== value) onChange(zone);
  };
  return (
    <Popover
      label="Choose a time zone"
      open={open}
      onOpenChange={setOpen}
      className="w-80"
      trigger={
        <button
          type="button"
          aria-label={`Time zone: ${nameOf(value)}`}
          className="flex h-8 w-full items-center gap-2 rounded-2 border border-line-control bg-surface-1 px-2.5 text-[12.5px] hover:bg-hover"
        >
          <span className="min-w-0 flex-1 truncate text-left font-medium">{nameOf(value)}</span>
          <ChevronDown aria-hidden="true" className="size-3.5 text-fg-2" />
        </button>
      }
    >
      <Command label="Time zones" className="flex flex-col" defaultValue={value}>
        <Command.Input
          autoFocus
          placeholder="Find a zone"
          className="mx-1 mt-1 h-7 rounded-2 bg-surface-2 px-2 text-[12.5px]"
        />
        <Command.List label="Time zones" className="max-h-72 overflow-auto py-1">
          <Command.Empty className="px-2 py-4 text-center text-small text-fg-2">No zone has such a name.</Command.Empty>
          {['local', ...zones()].map((zone) => (
            <Command.Item
              key={zone}
              value={zone}
              keywords={[nameOf(zone)]}
              onSelect={() => choose(zone)}
              className="flex h-7 items-center gap-2 rounded-1 px-2 text-[12.5px] select-none data-[selected=true]:bg-selected"
            >
              <span className="min-w-0 flex-1 truncate">{nameOf(zone)}</span>
              {zone === value && <Check aria-label="chosen" className="size-3.5" />}
            </Command.Item>
          ))}
        </Command.List>
      </Command>
    </Popover>
  );
}
