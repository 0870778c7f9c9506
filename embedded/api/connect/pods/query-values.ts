import { badRequest } from "../../status-error.ts";

/** A query's flag as the API server converts it: present means true, unless its value is 0 or false. */
export function parseFlag(query: URLSearchParams, name: string): boolean {
  const value = query.get(name);
  return value !== null && value !== "0" && value.toLowerCase() !== "false";
}

/** A query's whole number, undefined where it is missing; throws what Go's strconv says of anything else. */
export function parseWhole(query: URLSearchParams, name: string): number | undefined {
  const value = query.get(name);
  if (value === null) return undefined;
  if (!/^[+-]?\d+$/.test(value)) throw badRequest(`strconv.ParseInt: parsing ${JSON.stringify(value)}: invalid syntax`);
  const number = Number(value);
  // Of 64 bits in Go; nobody means a number between the two limits.
  if (!Number.isSafeInteger(number)) throw badRequest(`strconv.ParseInt: parsing ${JSON.stringify(value)}: value out of range`);
  return number;
}
