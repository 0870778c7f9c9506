import { isCustomGroup } from "../kubernetes/is-custom-group.ts";
import { agePrinter, plainPrinter, type Printer } from "./printer.ts";
import { printers } from "./printers.ts";

/** How objects of a kind become rows, as the API server does it; of somebody's own kind with its age alone, whatever columns its definition names. */
export const findPrinter = ({ group, kind }: { readonly group: string; readonly kind: string }): Printer =>
  printers.get(`${group}/${kind}`) ?? (isCustomGroup(group) ? agePrinter : plainPrinter);
