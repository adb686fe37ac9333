import { ArrowDown, ArrowUp, Plus, X } from 'lucide-react';
import { Button } from '../../../ui/Button.tsx';
import { IconButton } from '../../../ui/IconButton.tsx';
import { Select } from '../../../ui/Select.tsx';
import { TextField } from '../../../ui/TextField.tsx';
import { PROVIDER_NAMES } from './defaults.ts';
import { emptyRule, type MethodProblems, moveRule, type RuleDraft } from './method-draft.ts';

interface Props {
  readonly rules: readonly RuleDraft[];
  readonly problems: MethodProblems;
  /** A zone of the whole cluster goes before all rules. */
  readonly isOverruled: boolean;
  readonly onChange: (rules: readonly RuleDraft[]) => void;
}

const COLUMNS =
  'grid grid-cols-2 gap-2 mid:grid-cols-[20px_132px_minmax(0,1fr)_minmax(0,1.4fr)_minmax(0,1fr)_104px_88px]';

/** Nodes of a provider, region or label and the zone they are in; the first rule that fits a node counts. */
export function ZoneRules({ rules, problems, isOverruled, onChange }: Props) {
  const set = (index: number, patch: Partial<RuleDraft>): void =>
    onChange(rules.map((rule, at) => (at === index ? { ...rule, ...patch } : rule)));
  return (
    <section aria-label="Rules for zones" className="border-t border-line px-4 py-3">
      <div className="flex items-start gap-3">
        <div className="min-w-0 flex-1">
          <div className="font-medium">Rules for zones</div>
          <div className="text-small text-fg-2">
            {isOverruled
              ? 'A zone for every node is set above, so no rule is looked at.'
              : 'For node pools and places that no table knows. From the top, the first rule that fits a node counts; an empty field fits all.'}
          </div>
        </div>
        <Button onClick={() => onChange([...rules, emptyRule()])}>
          <Plus aria-hidden="true" strokeWidth={1.75} />
          Add a rule
        </Button>
      </div>
      {rules.length > 0 && (
        <>
          <div aria-hidden="true" className={`${COLUMNS} mt-3 hidden text-micro font-medium text-fg-3 mid:grid`}>
            <span />
            <span>Provider</span>
            <span>Region</span>
            <span>Label</span>
            <span>Its value</span>
            <span>Zone</span>
            <span />
          </div>
          <ol className="flex flex-col gap-2 pt-1">
            {rules.map((rule, index) => (
              <RuleRow
                key={rule.id}
                rule={rule}
                place={index + 1}
                isLast={index === rules.length - 1}
                problem={problems[rule.id] ?? null}
                onChange={(patch) => set(index, patch)}
                onMove={(step) => onChange(moveRule(rules, index, step))}
                onRemove={() => onChange(rules.filter((each) => each.id !== rule.id))}
              />
            ))}
          </ol>
        </>
      )}
    </section>
  );
}

const PROVIDERS = [
  { value: 'any', label: 'Any' },
  ...Object.entries(PROVIDER_NAMES).map(([value, label]) => ({ value, label })),
];

interface RowProps {
  readonly rule: RuleDraft;
  /** From 1. */
  readonly place: number;
  readonly isLast: boolean;
  readonly problem: string | null;
  readonly onChange: (patch: Partial<RuleDraft>) => void;
  readonly onMove: (step: -1 | 1) => void;
  readonly onRemove: () => void;
}

function RuleRow({ rule, place, isLast, problem, onChange, onMove, onRemove }: RowProps) {
  const name = (field: string): string => `${field} of rule ${place}`;
  return (
    <li aria-label={`Rule ${place}`}>
      <div className={`${COLUMNS} items-start`}>
        <span className="hidden pt-1.5 text-small text-fg-3 mid:block">{place}</span>
        <Select
          size="large"
          label={name('Provider')}
          value={rule.provider === '' ? 'any' : rule.provider}
          options={PROVIDERS}
          onChange={(provider) => onChange({ provider: provider === 'any' ? '' : provider })}
        />
        <TextField
          label={name('Region')}
          hideLabel
          value={rule.region}
          onChange={(region) => onChange({ region })}
          placeholder="Any region"
          mono
        />
        <TextField
          label={name('Label')}
          hideLabel
          value={rule.labelName}
          onChange={(labelName) => onChange({ labelName })}
          placeholder="Any label"
          mono
        />
        <TextField
          label={name('Value of the label')}
          hideLabel
          value={rule.labelValue}
          onChange={(labelValue) => onChange({ labelValue })}
          placeholder="Any value"
          mono
        />
        <TextField
          label={name('Zone')}
          hideLabel
          value={rule.zone}
          onChange={(zone) => onChange({ zone })}
          placeholder="FR"
          mono
        />
        <span className="flex justify-end pt-0.5">
          <IconButton label={`Move rule ${place} up`} disabled={place === 1} onClick={() => onMove(-1)}>
            <ArrowUp aria-hidden="true" />
          </IconButton>
          <IconButton label={`Move rule ${place} down`} disabled={isLast} onClick={() => onMove(1)}>
            <ArrowDown aria-hidden="true" />
          </IconButton>
          <IconButton label={`Remove rule ${place}`} onClick={onRemove}>
            <X aria-hidden="true" />
          </IconButton>
        </span>
      </div>
      {problem !== null && (
        <p role="status" className="pt-1 text-small text-bad mid:pl-7">
          {problem}
        </p>
      )}
    </li>
  );
}
