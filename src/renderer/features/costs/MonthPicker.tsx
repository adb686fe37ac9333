import { ChevronLeft, ChevronRight } from 'lucide-react';
import { monthName, shiftMonth } from '../../format/month.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import { Select } from '../../ui/Select.tsx';

const SHOWN = 24;

/** A calendar month: one back, one on, or any of the last two years. */
export function MonthPicker(props: { month: string; newest: string; onChange: (month: string) => void }) {
  const { month, newest, onChange } = props;
  const recent = Array.from({ length: SHOWN }, (_, index) => shiftMonth(newest, -index));
  const months = recent.includes(month) ? recent : [...recent, month];
  return (
    <div className="flex items-center gap-1">
      <IconButton label="Month before" onClick={() => onChange(shiftMonth(month, -1))}>
        <ChevronLeft aria-hidden="true" strokeWidth={1.75} />
      </IconButton>
      <Select
        label="Month"
        value={month}
        options={months.map((each) => ({ value: each, label: monthName(each) }))}
        onChange={onChange}
      />
      <IconButton label="Month after" disabled={month >= newest} onClick={() => onChange(shiftMonth(month, 1))}>
        <ChevronRight aria-hidden="true" strokeWidth={1.75} />
      </IconButton>
    </div>
  );
}
