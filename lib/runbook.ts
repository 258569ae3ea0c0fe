/** The sections of docs/runbook.md that alarms lead to: the anchors of its headings. A test holds the page to them. */
export const RUNBOOK_SECTIONS = [
  'nothing-was-sealed',
  'a-run-failed',
  'a-function-fails',
  'functions-are-throttled',
  'a-start-or-an-event-was-lost',
  'a-route-is-not-confirmed',
  'most-clusters-were-not-audited',
  'an-account-or-a-region-refused',
] as const;
export type RunbookSection = (typeof RUNBOOK_SECTIONS)[number];

/** The sentence that leads to a section. */
export type Runbook = (section: RunbookSection) => string;

/** `page`: where those who get the alarm find the page; a URL, where they have one. */
export function runbookAt(page = 'docs/runbook.md'): Runbook {
  return (section) => `What to do: ${page}#${section}`;
}
