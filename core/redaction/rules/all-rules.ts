import { assignmentRules } from "./assignments.ts";
import { chatRules } from "./chat.ts";
import { cloudRules } from "./cloud.ts";
import { codeHostRules } from "./code-hosts.ts";
import { commandRules } from "./commands.ts";
import { hashRules } from "./hashes.ts";
import { headerRules } from "./headers.ts";
import { infrastructureRules } from "./infrastructure.ts";
import { keyRules } from "./keys.ts";
import type { Rule } from "./rule.ts";
import { serviceRules } from "./services.ts";
import { urlRules } from "./urls.ts";

/** The rules for secrets by family, in the order in which they are asked at one place of a text; the first that finds something is right. */
export const ruleFamilies = {
  keys: keyRules,
  headers: headerRules,
  urls: urlRules,
  cloud: cloudRules,
  "code-hosts": codeHostRules,
  chat: chatRules,
  services: serviceRules,
  infrastructure: infrastructureRules,
  hashes: hashRules,
  commands: commandRules,
  assignments: assignmentRules,
} as const satisfies Record<string, readonly Rule[]>;
