import type { FactGroup } from "./fact-group.ts";
import { cgroup } from "./groups/cgroup.ts";
import { clock } from "./groups/clock.ts";
import { conntrack } from "./groups/conntrack.ts";
import { cpu } from "./groups/cpu.ts";
import { entropy } from "./groups/entropy.ts";
import { fileSystems } from "./groups/file-systems.ts";
import { kernel } from "./groups/kernel.ts";
import { memory } from "./groups/memory.ts";
import { pressure } from "./groups/pressure.ts";

/** Every fact group, in the order in which people read them. */
export const factGroups: readonly FactGroup[] = [kernel, cpu, memory, fileSystems, pressure, cgroup, conntrack, entropy, clock];
