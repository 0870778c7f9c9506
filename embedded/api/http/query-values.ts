import { badRequest } from "../status-error.ts";

/** A query's flag as the API server converts it: present means true, unless its value is 0 or false. */
export const parseFlag = (value: string | null): boolean => value !== null && value !== "0" && value.toLowerCase() !== "false";

/** A query's whole number, undefined where it is missing; throws StatusError 400 with what Go's strconv says of anything else. */
export function parseInteger(value: string | null): number | undefined {
  if (value === null) return undefined;
  if (!/^[+-]?\d+$/.test(value)) throw badRequest(`strconv.ParseInt: parsing ${JSON.stringify(value)}: invalid syntax`);
  // Of 64 bits in Go; nobody means a number between the two limits.
  if (!Number.isSafeInteger(Number(value))) throw badRequest(`strconv.ParseInt: parsing ${JSON.stringify(value)}: value out of range`);
  return Number(value);
}
