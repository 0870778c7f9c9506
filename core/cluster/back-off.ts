/** Milliseconds to wait after the `attempt`th failure in a row (from 0): doubling from `first` to half a minute, up to a quarter less so that many don't come at once. */
export const backOff = (attempt: number, first: number): number => Math.min(first * 2 ** Math.min(attempt, 20), 30_000) * (1 - Math.random() / 4);
