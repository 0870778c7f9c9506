import { createHash } from "node:crypto";

/** Tokens that were verified a moment ago, by their digest, and the uid of the pod that each speaks for. */
export type RecentTokens = {
  /** Undefined for one that is not known, or has expired since. */
  find(token: string): string | undefined;
  /** `expires` in seconds since 1970, as the token has it. */
  add(token: string, podUid: string, expires: number): void;
};

const longestMilliseconds = 60_000;
/** Two for each of 5,000 nodes' workers, which get a new one now and then. */
const mostTokens = 10_000;

/** None at first; the oldest make room for new ones. */
export function createRecentTokens(now: () => number = Date.now): RecentTokens {
  const known = new Map<string, { readonly podUid: string; readonly until: number }>();
  return {
    find(token) {
      const key = digest(token);
      const entry = known.get(key);
      if (entry && now() < entry.until) return entry.podUid;
      known.delete(key);
      return undefined;
    },
    add(token, podUid, expires) {
      const [oldest] = known.keys();
      if (known.size >= mostTokens && oldest !== undefined) known.delete(oldest);
      known.set(digest(token), { podUid, until: Math.min(expires * 1000, now() + longestMilliseconds) });
    },
  };
}

const digest = (token: string): string => createHash("sha256").update(token).digest("base64");
