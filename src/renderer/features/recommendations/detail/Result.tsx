import { useView } from '../../../app/view/use-view.ts';
import { type Per, savingText } from '../../../format/savings.ts';
import { formatPeriod } from '../../../format/time.ts';
import { chooseUnit } from '../../../format/units.ts';
import { Notice } from '../../../ui/Notice.tsx';
import { carbonOf, carbonUnit, moneyOf } from '../amounts.ts';
import type { Detail } from '../lifecycle.ts';
import { outcomeWords } from '../words.ts';

/** What was found against what was promised; nothing before it was measured. */
export function Result({ detail, per, currency }: { detail: Detail; per: Per; currency: string }) {
  const { tz } = useView();
  const { verification } = detail;
  if (verification === null) return null;
  const { before, after } = verification;
  if (verification.outcome === 'waiting' && detail.status !== 'applied') {
    return <Notice tone="quiet">Not measured: the change was undone before its week was over.</Notice>;
  }
  if (verification.outcome === 'waiting') {
    return (
      <Notice tone="quiet">
        Being measured since {formatPeriod(after.start, after.end, tz)}. {verification.note}
      </Notice>
    );
  }
  const unit = carbonUnit([carbonOf(detail), verification.co2e_saved_grams_per_day], per);
  const money = chooseUnit('money', null, currency);
  const rows = [
    {
      name: `Carbon, ${unit.symbol} a ${per}`,
      promised: savingText(carbonOf(detail), per, unit),
      found: savingText(verification.co2e_saved_grams_per_day, per, unit),
    },
    {
      name: `Cost, ${money.symbol} a ${per}`,
      promised: savingText(moneyOf(detail), per, money),
      found: savingText(verification.cost_saved_per_day, per, money),
    },
  ];
  return (
    <div className="shrink-0">
      <table aria-label="Promised and found" className="w-full text-small">
        <thead>
          <tr className="h-7 border-b border-line text-micro text-fg-3">
            <th scope="col" className="text-left font-medium">
              Saved, {outcomeWords(detail)}
            </th>
            <th scope="col" className="num font-medium">
              Promised
            </th>
            <th scope="col" className="num font-medium">
              Found
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.name} className="h-7 border-b border-line">
              <th scope="row" className="text-left font-regular text-fg-2">
                {row.name}
              </th>
              <td className="num text-fg-3">{row.promised}</td>
              <td className="num font-medium">{row.found}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="mt-1 text-micro text-fg-3">
        {formatPeriod(before.start, before.end, tz)} against {formatPeriod(after.start, after.end, tz)}.{' '}
        {verification.note}
      </p>
    </div>
  );
}
