import { isLater, type LogLine, type LogTime } from "./log-line.ts";

/**
 * How far a container's log has been read, so that reading can go on without a line lost or doubled. Servers take times in whole seconds,
 * so the lines of the last second come again, and exactly those that were seen are passed over.
 */
export type LogPosition = {
  /** Where to go on, as an RFC 3339 time in whole seconds; undefined while nothing was read. The lines of that answer follow. */
  resume(): string | undefined;
  /** Whether a line of the answer is new; it then counts as read. */
  take(line: LogLine): boolean;
  /** Lines before this time don't matter, though none was read. */
  startAt(time: Date): void;
};

/** The position before the first line. */
export function createLogPosition(): LogPosition {
  let newest: LogTime | undefined;
  let inNewestSecond = 0;
  // Of the answer that is being read.
  let [toSkip, isResumed, isFirst] = [0, false, true];
  let skipUntil: LogTime | undefined;
  const count = (time: LogTime): void => {
    if (newest === undefined || time.second > newest.second) inNewestSecond = 1;
    else if (time.second === newest.second) inNewestSecond++;
    if (newest === undefined || isLater(time, newest)) newest = time;
  };
  return {
    resume() {
      [toSkip, isResumed, isFirst, skipUntil] = [inNewestSecond, newest !== undefined, true, newest];
      return newest && new Date(newest.second * 1000).toISOString().replace(".000Z", "Z");
    },
    take({ time }) {
      const isTail = isFirst && isResumed && time === undefined;
      isFirst = false;
      // A long line is written in parts with a time each: an answer can begin with the end of one that was read before.
      if (time === undefined) return !isTail;
      // Later than all that was seen: the log was rotated meanwhile, and not all of those lines come again.
      if (toSkip > 0 && skipUntil !== undefined && isLater(time, skipUntil)) toSkip = 0;
      if (toSkip > 0) {
        toSkip--;
        return false;
      }
      count(time);
      return true;
    },
    startAt(time) {
      newest ??= { second: Math.floor(time.getTime() / 1000), nanos: "000000000" };
    },
  };
}
