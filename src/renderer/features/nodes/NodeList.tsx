import { type KeyboardEvent, useState } from 'react';
import { PowerBar, sharesText } from '../../charts/PowerBar.tsx';
import { meanWatts, POWER_PARTS } from '../../charts/power.ts';
import { SeriesSwatch } from '../../charts/Swatch.tsx';
import { formatIn } from '../../format/quantity.ts';
import { chooseUnit, type Unit } from '../../format/units.ts';
import { certaintyOf, Mark } from '../../ui/Mark.tsx';
import { SearchField } from '../../ui/SearchField.tsx';
import { Select } from '../../ui/Select.tsx';
import { type NodeGrouping, type NodeLine, nodeSections } from './node-list.ts';
import { shortNodeName } from './short-name.ts';

interface Props {
  readonly lines: readonly NodeLine[];
  readonly chosen: NodeLine | null;
  readonly coveredSeconds: number;
  readonly grouping: NodeGrouping;
  readonly onGrouping: (grouping: NodeGrouping) => void;
  readonly onChoose: (line: NodeLine) => void;
}

/** All nodes of the range with what their power goes to; ↑ and ↓ walk through them. */
export function NodeList({ lines, chosen, coveredSeconds, grouping, onGrouping, onChoose }: Props) {
  const [search, setSearch] = useState('');
  const sections = nodeSections(lines, grouping, search);
  const most = lines[0]?.joules ?? 0;
  const unit = chooseUnit('power', meanWatts(most, coveredSeconds));
  return (
    <section
      aria-label="Nodes"
      className="flex max-h-120 min-w-0 flex-col overflow-hidden rounded-3 border border-line bg-surface-1 shadow-1 mid:max-h-none"
    >
      <div className="flex shrink-0 gap-2 p-2">
        <SearchField label="Find a node" value={search} onChange={setSearch} className="min-w-0 flex-1" />
        <Select
          label="Group nodes"
          value={grouping}
          options={[
            { value: 'type', label: 'By type' },
            { value: 'zone', label: 'By zone' },
          ]}
          onChange={onGrouping}
        />
      </div>
      <div className="min-h-0 flex-1 overflow-y-auto" data-nodes="">
        {sections.map((section) => (
          <section key={section.title} aria-label={section.title}>
            <div className="flex h-7 items-center justify-between border-t border-line px-4 text-micro font-medium text-fg-3">
              <h2 className="truncate">{section.title}</h2>
              <span>{unit.label}, average</span>
            </div>
            <ul>
              {section.lines.map((line) => (
                <li key={`${line.clusterId} ${line.name}`}>
                  <Line
                    line={line}
                    isChosen={line === chosen}
                    most={most}
                    unit={unit}
                    coveredSeconds={coveredSeconds}
                    onChoose={onChoose}
                  />
                </li>
              ))}
            </ul>
          </section>
        ))}
        {sections.length === 0 && (
          <p className="px-4 py-6 text-center text-small text-fg-2">No node's name, type or zone holds '{search}'.</p>
        )}
      </div>
      <ul className="flex h-9 shrink-0 items-center justify-between border-t border-line px-4 text-small text-fg-2">
        {POWER_PARTS.map((part) => (
          <li key={part.key} className="flex items-center gap-1.5">
            <SeriesSwatch paint={part.paint} />
            {part.label}
          </li>
        ))}
      </ul>
    </section>
  );
}

interface LineProps {
  readonly line: NodeLine;
  readonly isChosen: boolean;
  readonly most: number;
  readonly unit: Unit;
  readonly coveredSeconds: number;
  readonly onChoose: (line: NodeLine) => void;
}

function Line({ line, isChosen, most, unit, coveredSeconds, onChoose }: LineProps) {
  const watts = meanWatts(line.joules, coveredSeconds);
  const name = shortNodeName(line.name);
  return (
    <button
      type="button"
      aria-current={isChosen}
      aria-label={`${line.name}: ${formatIn(unit, watts)} ${unit.symbol}, ${sharesText(line.item.parts)}`}
      data-node=""
      className={`flex h-9 w-full items-center gap-2 px-4 text-left focus-visible:relative focus-visible:z-5 ${isChosen ? 'bg-selected' : 'hover:bg-hover'}`}
      onClick={() => onChoose(line)}
      onKeyDown={walk}
    >
      <Mark certainty={certaintyOf(line.item.quality)} />
      <span className={`flex w-38 shrink-0 font-mono text-small ${isChosen ? 'font-medium' : ''}`} title={line.name}>
        <span className="min-w-0 truncate">{name.head}</span>
        <span className="shrink-0 whitespace-nowrap">{name.tail}</span>
      </span>
      <span className="min-w-0 flex-1">
        <PowerBar parts={line.item.parts} direction="row" share={most > 0 ? line.joules / most : 0} />
      </span>
      <span className="num w-10 shrink-0 text-small font-medium">{formatIn(unit, watts)}</span>
    </button>
  );
}

/** ↑ and ↓ between the nodes of the list. */
function walk(event: KeyboardEvent<HTMLButtonElement>): void {
  if (event.altKey || (event.key !== 'ArrowDown' && event.key !== 'ArrowUp')) return;
  const list = event.currentTarget.closest('[data-nodes]');
  const buttons = [...(list?.querySelectorAll<HTMLButtonElement>('button[data-node]') ?? [])];
  const next = buttons[buttons.indexOf(event.currentTarget) + (event.key === 'ArrowDown' ? 1 : -1)];
  if (next === undefined) return;
  event.preventDefault();
  next.focus();
}
