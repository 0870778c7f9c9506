import { configurationPrinters } from "./configuration-printers.ts";
import { eventPrinters } from "./event-printers.ts";
import { extensionPrinters } from "./extension-printers.ts";
import { networkPrinters } from "./network-printers.ts";
import { nodePrinters } from "./node-printers.ts";
import { policyPrinters } from "./policy-printers.ts";
import { podPrinter } from "./pod-printer.ts";
import type { Printer } from "./printer.ts";
import { scalingPrinters } from "./scaling-printers.ts";
import { serverPrinters } from "./server-printers.ts";
import { storagePrinters } from "./storage-printers.ts";
import { workloadPrinters } from "./workload-printers.ts";

/** The printers by group and kind. Source: pkg/printers/internalversion/printers.go of Kubernetes. */
export const printers: ReadonlyMap<string, Printer> = new Map(
  Object.entries({
    "/Pod": podPrinter,
    ...workloadPrinters,
    ...scalingPrinters,
    ...nodePrinters,
    ...eventPrinters,
    ...configurationPrinters,
    ...networkPrinters,
    ...storagePrinters,
    ...extensionPrinters,
    ...policyPrinters,
    ...serverPrinters,
  }),
);
