import type { SleepPeriod } from '../draft.ts';

const DAYS = { weekdays: 'Mon-Fri', weekend: 'Sat-Sun' } as const;

/**
 * Periods as kube-downscaler's annotation `downscaler/downtime` takes them: `Mon-Fri 20:00-24:00 Europe/Berlin`, several
 * with commas; one over midnight is two. Source: the README of py-kube-downscaler.
 */
export function downtimeOf(periods: readonly SleepPeriod[], timeZone: string): string {
  return periods
    .flatMap(({ days, fromHour, toHour }) => {
      const parts =
        fromHour < toHour
          ? [[fromHour, toHour]]
          : [
              [0, toHour],
              [fromHour, 24],
            ];
      return parts.map(([from = 0, to = 0]) => `${DAYS[days]} ${clock(from)}-${clock(to)} ${timeZone}`);
    })
    .join(',');
}

function clock(hour: number): string {
  return `${String(hour).padStart(2, '0')}:00`;
}
