import { KnownError } from "../contract/known-error.ts";

/** How much a reader takes from an archive before it refuses the rest. Bytes are those of the unpacked tar, its headers and padding included. */
export type ArchiveLimits = {
  /** Files, folders, links: whatever has a header. */
  readonly maxEntries: number;
  readonly maxEntryBytes: number;
  readonly maxTotalBytes: number;
  /** Unpacked to packed, looked at once 64 MiB are unpacked; without it there is no such limit. */
  readonly maxRatio?: number;
  /** What is done with links, devices and pipes. None is ever yielded. */
  readonly links: "refuse" | "skip";
  /** Told of each that was skipped; the name is as raw as it stands in the archive. */
  readonly onSkipped?: (name: string, why: string) => void;
};

/** For a tarball that a person opens: far above every run, far below what fills a disk or a day. */
export const readerLimits: ArchiveLimits = {
  maxEntries: 1_000_000,
  maxEntryBytes: 16 * 1024 ** 3,
  maxTotalBytes: 64 * 1024 ** 3,
  maxRatio: 250,
  links: "refuse",
};

const ratioFrom = 64 * 1024 ** 2;

/** Throws KnownError "invalid-tarball" once what was unpacked is more than the limits allow; both numbers in bytes. */
export function checkVolume(limits: ArchiveLimits, packed: number, unpacked: number): void {
  if (unpacked > limits.maxTotalBytes) throw overLimit(`unpacks to more than ${limits.maxTotalBytes} bytes`);
  if (limits.maxRatio !== undefined && unpacked > ratioFrom && unpacked > packed * limits.maxRatio)
    throw overLimit(`unpacks to more than ${limits.maxRatio} times its size, as only an archive made to fill disks does`);
}

/** The error for an archive that holds more than a reader takes. */
export const overLimit = (what: string): KnownError =>
  new KnownError("invalid-tarball", `${what}.`, { hint: "If you trust where it comes from, unpack it with tar and look at the files yourself." });
