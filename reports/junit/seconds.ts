/** A time to the millisecond, never as 1e-7: it is a decimal in JUnit. */
export const seconds = (time: number): number => (Number.isFinite(time) && time >= 0 && time < 1e15 ? Math.round(time * 1000) / 1000 : 0);
