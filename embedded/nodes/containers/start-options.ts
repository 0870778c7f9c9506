import type { Clock } from "../../clock.ts";
import type { ContainerSpec } from "../container.ts";
import type { OutputPipes } from "./output-pipes.ts";
import type { PodPlace } from "./plan-root.ts";

/** What starting a container needs on any machine. */
export type StartOptions = {
  readonly id: string;
  /** The container's own, empty. */
  readonly folder: string;
  readonly spec: ContainerSpec;
  readonly isOwn: boolean;
  readonly place: PodPlace;
  readonly pipes: OutputPipes;
  readonly logFile: string;
  readonly clock: Clock;
};
