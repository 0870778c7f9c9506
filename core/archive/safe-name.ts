import { KnownError } from "../contract/known-error.ts";

/**
 * An entry's name as a relative path with "/" between its parts ("./", doubled and trailing slashes gone); KnownError "invalid-tarball" for one
 * that leads out of its folder, is absolute (POSIX or Windows), holds a control character or a backslash, is empty, or is over 4096 bytes.
 */
export function parseEntryName(raw: string): string {
  const problem = findProblem(raw);
  if (problem !== undefined)
    throw new KnownError("invalid-tarball", `holds an entry named ${quoteName(raw)}, which ${problem}.`, {
      hint: "Don't unpack it with another tool; ask whoever made it for one with plain relative names.",
    });
  return partsOf(raw).join("/");
}

/** A name from an archive for a message: in quotes, controls and direction marks written as \u…, 200 characters at most. */
export const quoteName = (raw: string): string =>
  JSON.stringify(raw.length > 200 ? `${raw.slice(0, 200)}…` : raw).replaceAll(/[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g, writeEscape);

const maxNameBytes = 4096;

function findProblem(raw: string): string | undefined {
  if (/\p{Cc}/u.test(raw)) return "holds a control character";
  if (raw.includes("\\")) return "holds a backslash";
  if (raw.startsWith("/")) return "is absolute";
  if (/^(?:\.\/+)*[A-Za-z]:/.test(raw)) return "begins with a drive";
  if (Buffer.byteLength(raw) > maxNameBytes) return `is longer than ${maxNameBytes} bytes`;
  const parts = partsOf(raw);
  if (parts.includes("..")) return "leads out of its folder";
  return parts.length === 0 ? "is empty" : undefined;
}

const partsOf = (raw: string): readonly string[] => raw.split("/").filter((part) => part !== "" && part !== ".");

const writeEscape = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
