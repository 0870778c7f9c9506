import type { Check } from "./check.ts";
import { admission } from "./checks/admission.ts";
import { dns } from "./checks/dns.ts";
import { images } from "./checks/images.ts";
import { leftovers } from "./checks/leftovers.ts";
import { namespace } from "./checks/namespace.ts";
import { nodes } from "./checks/nodes.ts";
import { references } from "./checks/references.ts";
import { rights } from "./checks/rights.ts";
import { storage } from "./checks/storage.ts";
import { version } from "./checks/version.ts";

/** Every check, in the order in which their problems are shown. */
export const allChecks: readonly Check[] = [version, rights, namespace, references, admission, nodes, storage, images, dns, leftovers];
