import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { cronGaps } from '../../lambda/configuration/cron.ts';
import { scheduleOf, type ScheduleText } from '../../lambda/configuration/schedule.ts';

const TOO_LONG = 'more than 84 hours; the alarm that watches for missed runs looks back seven days at most, and has to see two intervals';
const TOO_SHORT = 'less than an hour; a run looks at every cluster, and the next one must not begin before it ends';

describe('a schedule', () => {
  test.each<[Partial<ScheduleText>, string, number]>([
    [{}, 'rate(24 hours)', 24],
    [{ every: '1h' }, 'rate(1 hour)', 1],
    [{ every: '90m' }, 'rate(90 minutes)', 2],
    [{ every: '3d' }, 'rate(72 hours)', 72],
    [{ every: '84h' }, 'rate(84 hours)', 84],
    [{ daily: '6:05' }, 'cron(5 6 * * ? *)', 24],
    // The night in which the clock is put back has an hour more.
    [{ daily: '23:59', timezone: 'America/New_York' }, 'cron(59 23 * * ? *)', 25],
    [{ daily: '06:00', timezone: 'Asia/Kolkata' }, 'cron(0 6 * * ? *)', 24],
    [{ daily: '06:00', timezone: 'Australia/Lord_Howe' }, 'cron(0 6 * * ? *)', 25],
    [{ expression: 'rate(1 days)' }, 'rate(24 hours)', 24],
    [{ expression: 'rate(120 minutes)' }, 'rate(2 hours)', 2],
    [{ expression: 'cron(0  6,18 * * ? *)' }, 'cron(0 6,18 * * ? *)', 12],
    [{ expression: 'cron(0 0/6 ? * * *)' }, 'cron(0 0/6 ? * * *)', 6],
    [{ expression: 'cron(0 6 ? * MON-FRI *)' }, 'cron(0 6 ? * MON-FRI *)', 72],
    [{ expression: 'cron(0 6 1-31/2 * ? *)' }, 'cron(0 6 1-31/2 * ? *)', 48],
    [{ expression: 'cron(0 6 ? * 2,5 *)', timezone: 'Europe/Berlin' }, `"cron(0 6 ? * 2,5 *)": the time between two of its runs can be ${TOO_LONG}`, 0],
  ])('%j', (text, expression, intervalHours) => {
    const result = scheduleOf({ timezone: 'UTC', ...text });
    expect('message' in result ? result.message : result).toEqual(intervalHours === 0 ? expression : { expression, timezone: text.timezone ?? 'UTC', intervalHours });
  });

  test.each<[Partial<ScheduleText>, keyof ScheduleText, string]>([
    [{ every: '59m' }, 'every', `59m is ${TOO_SHORT}`],
    [{ every: '85h' }, 'every', `85h is ${TOO_LONG}`],
    [{ every: 'day' }, 'every', '"day" is not a length of time; expected one such as 90m, 6h or 1d'],
    [{ every: '' }, 'every', 'nothing is not a length of time; expected one such as 90m, 6h or 1d'],
    [{ daily: '24:00' }, 'daily', '"24:00" is not a time of day; expected one such as 06:00'],
    [{ daily: '06:00', every: '1h' }, 'daily', 'every and daily are given together; one of them says when to run'],
    [{ timezone: 'Berlin' }, 'timezone', '"Berlin" is not a time zone; expected an IANA name such as Europe/Berlin or UTC'],
    [{ timezone: '+02:00' }, 'timezone', '"+02:00" is not a time zone; expected an IANA name such as Europe/Berlin or UTC'],
    [{ expression: 'at(2026-11-21T06:00:00)' }, 'expression', '"at(2026-11-21T06:00:00)" is no schedule that goes on; expected cron(0 6 * * ? *) or rate(6 hours)'],
    [{ expression: 'rate(30 minutes)' }, 'expression', `rate(30 minutes) is ${TOO_SHORT}`],
    [{ expression: 'cron(* 6 * * ? *)' }, 'expression', `"cron(* 6 * * ? *)": the time between two of its runs can be ${TOO_SHORT}`],
    [{ expression: 'cron(0,30 * * * ? *)' }, 'expression', `"cron(0,30 * * * ? *)": the time between two of its runs can be ${TOO_SHORT}`],
    [{ expression: 'cron(0 6 1 * ? *)' }, 'expression', `"cron(0 6 1 * ? *)": the time between two of its runs can be ${TOO_LONG}`],
    [{ expression: 'cron(0 6 * 1-11 ? *)' }, 'expression', `"cron(0 6 * 1-11 ? *)": the time between two of its runs can be ${TOO_LONG}`],
    [{ expression: 'cron(0 6 29 2 ? *)' }, 'expression', '"cron(0 6 29 2 ? *)": it never runs, or once in four years'],
    [{ expression: 'cron(0 6 L * ? *)' }, 'expression', '"cron(0 6 L * ? *)": L, W and # name single days of a month, and more than 84 hours pass between them'],
    [{ expression: 'cron(0 6 * * * *)' }, 'expression', '"cron(0 6 * * * *)": one of day of month and day of week must be ?, and the other must not'],
    [{ expression: 'cron(0 6 * * ?)' }, 'expression', '"cron(0 6 * * ?)": a cron expression has six fields (minutes, hours, day of month, month, day of week, year), and this one 5'],
    [{ expression: 'cron(0 6 * * ? 2027)' }, 'expression', '"cron(0 6 * * ? 2027)": the year must be *: a schedule that ends would end the audits without a word'],
    [{ expression: 'cron(0 24 * * ? *)' }, 'expression', '"cron(0 24 * * ? *)": the field of hours is not understood; it takes *, numbers, ranges (1-5), lists (1,3) and steps (0/6)'],
    [{ expression: 'cron(0 6/0 * * ? *)' }, 'expression', '"cron(0 6/0 * * ? *)": the field of hours is not understood; it takes *, numbers, ranges (1-5), lists (1,3) and steps (0/6)'],
    [{ expression: 'cron(0 6 ? * FRI-MON *)' }, 'expression', '"cron(0 6 ? * FRI-MON *)": the field of day of week is not understood; it takes *, numbers, ranges (1-5), lists (1,3) and steps (0/6)'],
  ])('%j is refused', (text, key, message) => {
    expect(scheduleOf({ timezone: 'UTC', ...text })).toEqual({ key, message });
  });
});

test('the gaps of a list of hours are those between them, around midnight too', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.integer({ min: 0, max: 23 }), { minLength: 1 }), (hours) => {
      const sorted = [...hours].sort((a, b) => a - b);
      const gaps = sorted.map((hour, index) => 60 * ((sorted[index + 1] ?? sorted[0]! + 24) - hour));
      expect(cronGaps(`0 ${hours.join(',')} * * ? *`)).toEqual({ shortest: Math.min(...gaps), longest: Math.max(...gaps) });
    }),
  );
});
