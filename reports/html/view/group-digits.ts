/** A number as people read it: 20,000. */
export const groupDigits = (number: number): string => number.toLocaleString("en-US");
