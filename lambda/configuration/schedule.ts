import type { Configuration } from './configuration.ts';
import { cronGaps } from './cron.ts';
import { shown } from './shown.ts';

type Schedule = Configuration['schedule'];

export interface ScheduleText {
  readonly every?: string | undefined;
  readonly daily?: string | undefined;
  readonly expression?: string | undefined;
  readonly timezone: string;
}

export interface ScheduleFault {
  readonly key: keyof ScheduleText;
  readonly message: string;
}

const LONGEST = 84;
const TOO_LONG = `more than ${LONGEST} hours; the alarm that watches for missed runs looks back seven days at most, and has to see two intervals`;
const TOO_SHORT = 'less than an hour; a run looks at every cluster, and the next one must not begin before it ends';
const UNITS = { m: 1, h: 60, d: 24 * 60 } as const;

/** A schedule as EventBridge Scheduler takes it, or what is wrong with it. */
export function scheduleOf({ every, daily, expression, timezone }: ScheduleText): Schedule | ScheduleFault {
  const given = Object.entries({ every, daily, expression }).filter(([, value]) => value !== undefined);
  if (given.length > 1) return { key: given[1]![0] as keyof ScheduleText, message: `${given.map(([key]) => key).join(' and ')} are given together; one of them says when to run` };
  if (!isTimezone(timezone)) return { key: 'timezone', message: `${shown(timezone)} is not a time zone; expected an IANA name such as Europe/Berlin or UTC` };
  if (daily !== undefined) return ofDaily(daily, timezone);
  if (expression !== undefined) return ofExpression(expression, timezone);
  return ofEvery(every ?? '24h', timezone);
}

function ofEvery(every: string, timezone: string): Schedule | ScheduleFault {
  const [, count, unit] = /^([1-9]\d{0,3})([mhd])$/.exec(every) ?? [];
  if (count === undefined) return { key: 'every', message: `${shown(every)} is not a length of time; expected one such as 90m, 6h or 1d` };
  const minutes = Number(count) * UNITS[unit as keyof typeof UNITS];
  const fault = outOfBounds(minutes, minutes);
  if (fault !== undefined) return { key: 'every', message: `${every} is ${fault}` };
  return { expression: rate(minutes), timezone, intervalHours: hours(minutes) };
}

function ofDaily(daily: string, timezone: string): Schedule | ScheduleFault {
  const [, hour, minute] = /^([01]?\d|2[0-3]):([0-5]\d)$/.exec(daily) ?? [];
  if (hour === undefined) return { key: 'daily', message: `${shown(daily)} is not a time of day; expected one such as 06:00` };
  return { expression: `cron(${Number(minute)} ${Number(hour)} * * ? *)`, timezone, intervalHours: hours(24 * 60 + clockShift(timezone)) };
}

function ofExpression(expression: string, timezone: string): Schedule | ScheduleFault {
  const key = 'expression';
  const [, count, unit] = /^rate\(\s*([1-9]\d{0,5}) (minute|hour|day)s?\s*\)$/.exec(expression) ?? [];
  if (count !== undefined) {
    const minutes = Number(count) * UNITS[unit![0] as keyof typeof UNITS];
    const fault = outOfBounds(minutes, minutes);
    return fault === undefined ? { expression: rate(minutes), timezone, intervalHours: hours(minutes) } : { key, message: `${expression} is ${fault}` };
  }
  const [, fields] = /^cron\(([^()]*)\)$/.exec(expression) ?? [];
  if (fields === undefined) return { key, message: `${shown(expression)} is no schedule that goes on; expected cron(0 6 * * ? *) or rate(6 hours)` };
  const gaps = cronGaps(fields);
  if ('fault' in gaps) return { key, message: `${shown(expression)}: ${gaps.fault}` };
  const longest = gaps.longest + clockShift(timezone);
  const fault = outOfBounds(gaps.shortest, longest);
  if (fault !== undefined) return { key, message: `${shown(expression)}: the time between two of its runs can be ${fault}` };
  return { expression: `cron(${fields.trim().split(/\s+/).join(' ')})`, timezone, intervalHours: hours(longest) };
}

function outOfBounds(shortest: number, longest: number): string | undefined {
  if (shortest < 60) return TOO_SHORT;
  return longest > LONGEST * 60 ? TOO_LONG : undefined;
}

/** As AWS wants it: the unit in the singular for one, and in whole hours where it can be. */
function rate(minutes: number): string {
  const [value, unit] = minutes % 60 === 0 ? [minutes / 60, 'hour'] : [minutes, 'minute'];
  return `rate(${value} ${unit}${value === 1 ? '' : 's'})`;
}

function hours(minutes: number): number {
  return Math.ceil(minutes / 60);
}

/** By how many minutes the clock is put back once a year: the night in which a day has 25 hours. */
function clockShift(timezone: string): number {
  const offsets = [0, 3, 6, 9].map((month) => offsetAt(new Date(Date.UTC(2026, month, 1)), timezone));
  return Math.max(...offsets) - Math.min(...offsets);
}

/** Minutes east of Greenwich. */
function offsetAt(moment: Date, timeZone: string): number {
  const name = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' }).formatToParts(moment).find(({ type }) => type === 'timeZoneName')?.value ?? '';
  const [, sign, hour = '0', minute = '0'] = /^GMT([+-])(\d{2}):(\d{2})/.exec(name) ?? [];
  return (sign === '-' ? -1 : 1) * (Number(hour) * 60 + Number(minute));
}

/** Intl takes offsets (`+02:00`) too, which EventBridge Scheduler does not. */
function isTimezone(name: string): boolean {
  if (!/^[A-Za-z][A-Za-z0-9_+/-]*$/.test(name)) return false;
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
