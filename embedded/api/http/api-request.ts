import type { Clock } from "../../clock.ts";
import type { Identity } from "../identity/identity.ts";
import type { ResourceType } from "../resource-type.ts";
import type { Authorizer } from "../rights/authorizer.ts";
import type { ObjectKey } from "../store/store.ts";
import type { Exchange } from "./exchange.ts";
import type { ActiveFaults } from "./faults.ts";
import type { Format } from "./negotiate.ts";
import type { ResourceInfo } from "./parse-request-info.ts";

/** A request for objects of a type that exists, by somebody who may: what each verb's answer works with. */
export type ApiRequest = Exchange & {
  readonly info: ResourceInfo;
  readonly type: ResourceType;
  /** Of the named object; its name is empty for a whole collection. */
  readonly key: ObjectKey;
  readonly format: Format;
  readonly identity: Identity;
  readonly authorizer: Authorizer;
  readonly clock: Clock;
  readonly faults: ActiveFaults;
};
