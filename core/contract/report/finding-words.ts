/** Statuses of findings, in the order in which to look at them. */
export const findingStatuses = ["fail", "warn", "not-evaluated", "info", "not-applicable", "pass"] as const;

/** Severities of findings, the worst first. */
export const severities = ["critical", "high", "medium", "low", "info"] as const;
