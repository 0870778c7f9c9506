import { assignmentRules } from "./assignments.ts";
import { businessRules } from "./business.ts";
import { chatRules } from "./chat.ts";
import { cloudRules } from "./cloud.ts";
import { codeHostRules } from "./code-hosts.ts";
import { commandRules } from "./commands.ts";
import { daemonRules } from "./daemons.ts";
import { deviceRules } from "./devices.ts";
import { deliveryRules } from "./delivery.ts";
import { hashRules } from "./hashes.ts";
import { headerRules } from "./headers.ts";
import { infrastructureRules } from "./infrastructure.ts";
import { keyRules } from "./keys.ts";
import { markedInsideRules } from "./marked-inside.ts";
import { modelRules } from "./models.ts";
import { placedRules } from "./placed.ts";
import { protocolRules } from "./protocols.ts";
import { notationRules } from "./notations.ts";
import { sessionRules } from "./sessions.ts";
import { toolRules } from "./tools.ts";
import { keyFileRules } from "./key-files.ts";
import { toldRules } from "./told.ts";
import { programRules } from "./programs.ts";
import type { Rule } from "./rule.ts";
import { serviceRules } from "./services.ts";
import { settingRules } from "./settings.ts";
import { urlRules } from "./urls.ts";

/** The rules for secrets by family, in the order in which they are asked at one place of a text; the first that finds something is right. */
export const ruleFamilies = {
  keys: keyRules,
  "key-files": keyFileRules,
  headers: headerRules,
  urls: urlRules,
  cloud: cloudRules,
  "code-hosts": codeHostRules,
  chat: chatRules,
  services: serviceRules,
  delivery: deliveryRules,
  models: modelRules,
  business: businessRules,
  "marked-inside": markedInsideRules,
  infrastructure: infrastructureRules,
  hashes: hashRules,
  commands: commandRules,
  programs: programRules,
  devices: deviceRules,
  daemons: daemonRules,
  protocols: protocolRules,
  told: toldRules,
  tools: toolRules,
  sessions: sessionRules,
  notations: notationRules,
  placed: placedRules,
  settings: settingRules,
  assignments: assignmentRules,
} as const satisfies Record<string, readonly Rule[]>;
