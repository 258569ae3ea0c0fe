/** What cannot be used in a schedule, in the words of a fault. */
export interface CronFault {
  readonly fault: string;
}

const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const DAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];
const MINUTES_A_DAY = 24 * 60;
/** Four years have every length of a month, beside every weekday. */
const LOOKED_AT = { from: Date.UTC(2024, 0, 1), days: 4 * 366 };

/**
 * The shortest and the longest time between two runs of a cron schedule, in minutes of its wall clock, found by going through four years. `fields`: what stands
 * between the brackets: minutes, hours, day of month, month, day of week, year.
 * https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html#cron-based
 */
export function cronGaps(fields: string): { readonly shortest: number; readonly longest: number } | CronFault {
  const parts = fields.trim().split(/\s+/);
  if (parts.length !== 6) return { fault: `a cron expression has six fields (minutes, hours, day of month, month, day of week, year), and this one ${parts.length}` };
  const [minuteText, hourText, dayText, monthText, weekdayText, year] = parts as [string, string, string, string, string, string];
  if (year !== '*') return { fault: 'the year must be *: a schedule that ends would end the audits without a word' };
  if ((dayText === '?') === (weekdayText === '?')) return { fault: 'one of day of month and day of week must be ?, and the other must not' };
  if (/[LW#]/.test(dayText.toUpperCase()) || /#|L$/.test(weekdayText.toUpperCase())) return { fault: 'L, W and # name single days of a month, and more than 84 hours pass between them' };
  const minutes = valuesOf(minuteText, 0, 59, []);
  const hours = valuesOf(hourText, 0, 23, []);
  const days = valuesOf(dayText === '?' ? '*' : dayText, 1, 31, []);
  const months = valuesOf(monthText, 1, 12, MONTHS);
  const weekdays = valuesOf(weekdayText === '?' ? '*' : weekdayText, 1, 7, DAYS);
  const named = { minutes, hours, 'day of month': days, month: months, 'day of week': weekdays };
  for (const [name, values] of Object.entries(named)) {
    if (!values) return { fault: `the field of ${name} is not understood; it takes *, numbers, ranges (1-5), lists (1,3) and steps (0/6)` };
  }
  const times = [...hours!].flatMap((hour) => [...minutes!].map((minute) => hour * 60 + minute)).sort((a, b) => a - b);
  return gapsOf(times, (date) => days!.has(date.getUTCDate()) && months!.has(date.getUTCMonth() + 1) && weekdays!.has(date.getUTCDay() + 1));
}

/** `times`: minutes of a day, sorted. */
function gapsOf(times: readonly number[], runsOn: (date: Date) => boolean): { readonly shortest: number; readonly longest: number } | CronFault {
  let shortest = Infinity;
  let longest = 0;
  let last: number | undefined;
  for (let day = 0; day < LOOKED_AT.days; day += 1) {
    if (!runsOn(new Date(LOOKED_AT.from + day * MINUTES_A_DAY * 60_000))) continue;
    for (const time of times) {
      const at = day * MINUTES_A_DAY + time;
      if (last !== undefined) {
        shortest = Math.min(shortest, at - last);
        longest = Math.max(longest, at - last);
      }
      last = at;
    }
  }
  // Twice in four years is no gap that can be measured: 29 February alone.
  return shortest === Infinity ? { fault: 'it never runs, or once in four years' } : { shortest, longest };
}

/** The numbers that a field stands for; undefined: it is not understood. */
function valuesOf(field: string, least: number, most: number, names: readonly string[]): ReadonlySet<number> | undefined {
  const numberOf = (text: string): number => {
    const named = names.indexOf(text.toUpperCase());
    const value = named >= 0 ? named + least : /^\d{1,2}$/.test(text) ? Number(text) : NaN;
    return value >= least && value <= most ? value : NaN;
  };
  const values = new Set<number>();
  for (const part of field.split(',')) {
    const [, range, step = '1'] = /^([^/]+)(?:\/(\d{1,2}))?$/.exec(part) ?? [];
    if (range === undefined || Number(step) === 0) return undefined;
    const [first, last] = range.split('-', 2);
    const from = range === '*' ? least : numberOf(first!);
    const to = range === '*' || (last === undefined && part.includes('/')) ? most : numberOf(last ?? first!);
    if (!(from <= to)) return undefined;
    for (let value = from; value <= to; value += Number(step)) values.add(value);
  }
  return values;
}
