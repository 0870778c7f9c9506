import type { Stage } from "../stage.ts";
import type { RandomRun } from "./draw-run.ts";
import { findDoors } from "./find-doors.ts";

/** Slows uploads down, because over a fast network one is over before anybody can do anything, until all faults that are to meet one have had their moment; each calls what is returned. */
export function brakeUploads(stage: Stage, { faults }: RandomRun, namespace: string): () => void {
  let left = faults.filter(({ phase }) => phase === "uploading").length;
  const doors = findDoors(stage, namespace);
  if (left > 0) for (const door of doors) stage.faults.network.limit(door, { bytesPerSecond: 700_000 });
  // A door has one limit, and what a fault has set is to stay.
  const isOverruled = faults.some(({ kind }) => kind.startsWith("network "));
  return () => {
    left--;
    if (left === 0 && !isOverruled) for (const door of doors) stage.faults.network.limit(door, { times: 0 });
  };
}
