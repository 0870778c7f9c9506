import { KnownError } from "../../core/contract/known-error.ts";
import type { SnapshotOptions } from "../../core/contract/snapshot-options.ts";

/** `N` for every kind, `KIND=N` for one, with commas between them; KnownError "wrong-usage" naming the flag and what is wrong. */
export function parseMaxObjects(flag: string, text: string): Pick<SnapshotOptions, "maxObjectsOf"> & Partial<Pick<SnapshotOptions, "maxObjectsPerKind">> {
  const parts = text.split(",").map((part) => /^(?:([A-Za-z0-9*][A-Za-z0-9.*-]{0,252})=)?(\d{1,15})$/.exec(part) ?? refuse(flag, text, neither(part)));
  const general = parts.filter(([, kind]) => kind === undefined).map(([, , count]) => Number(count));
  const own = parts.flatMap(([, kind, count]): readonly (readonly [string, number])[] => (kind === undefined ? [] : [[kind.toLowerCase(), Number(count)]]));
  const twice = own.find(([kind], index) => own.findIndex(([other]) => other === kind) < index);
  if (general.length > 1) refuse(flag, text, "a number for every kind is there twice");
  if (twice !== undefined) refuse(flag, text, `${twice[0]} is there twice`);
  if (general[0] === 0) refuse(flag, text, neither("0"));
  return { ...(general[0] !== undefined && { maxObjectsPerKind: general[0] }), ...(own.length > 0 && { maxObjectsOf: Object.fromEntries(own) }) };
}

const neither = (part: string): string => `${JSON.stringify(part)} is neither a whole number above 0 nor KIND=N`;

function refuse(flag: string, text: string, problem: string): never {
  throw new KnownError("wrong-usage", `${flag} ${text}: ${problem}.`, {
    hint: `Give a number for every kind, for some, or both, e.g. ${flag} 100000,events=5000,pods.metrics.k8s.io=0`,
  });
}
