const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];

/** A span of time in words that a person uses: "5 minutes", "24 hours", "9 days". Both are ISO 8601, UTC. Order does not matter. */
export function durationWords(from: string, to: string): string {
  const span = Math.abs(Date.parse(to) - Date.parse(from));
  if (!Number.isFinite(span)) return 'an unknown time';
  if (span < MINUTE) return 'less than a minute';
  if (span < 2 * HOUR) return counted(Math.floor(span / MINUTE), 'minute');
  // "24 hours" says more than "1 day" of a daily run.
  if (span < 2 * DAY) return counted(Math.floor(span / HOUR), 'hour');
  return counted(Math.floor(span / DAY), 'day');
}

/** A moment as seen from another: "today 06:00 UTC", "yesterday 06:00 UTC", "12 March 2026 06:00 UTC". */
export function momentWords(at: string, now: string): string {
  const date = new Date(at);
  if (Number.isNaN(date.getTime())) return 'an unknown time';
  const clock = `${twoDigits(date.getUTCHours())}:${twoDigits(date.getUTCMinutes())} UTC`;
  const days = Math.floor(Date.parse(now) / DAY) - Math.floor(date.getTime() / DAY);
  if (days === 0) return `today ${clock}`;
  if (days === 1) return `yesterday ${clock}`;
  return `${dayWords(at)} ${clock}`;
}

/** A day: "12 March 2026", in UTC. */
export function dayWords(at: string): string {
  const date = new Date(at);
  if (Number.isNaN(date.getTime())) return 'an unknown day';
  return `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
}

/** "since yesterday 06:00 UTC, 24 hours". */
export function sinceWords(from: string, now: string): string {
  return `since ${momentWords(from, now)}, ${durationWords(from, now)}`;
}

/** "1 finding", "3 findings". The plural where it is not formed by an s. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${grouped(count)} ${count === 1 ? one : many}`;
}

/** 10,485,760. Not by the locale of the machine. */
export function grouped(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',');
}

function twoDigits(number: number): string {
  return String(number).padStart(2, '0');
}
