import * as z from "zod";
import type { PluginDefinition } from "./plugin-definition.ts";

/** Another plugin whose end a plugin waits for and whose results it reads; one that is not required may have failed to deliver them. */
export type PluginNeed = { readonly plugin: string; readonly required: boolean };

/** `needs` of an asdic/v1 file: names, or mappings that also say whether the need is required, which it is unless they say otherwise. */
export const pluginNeedsSchema = z
  .array(
    z.preprocess(
      (value) => (typeof value === "string" ? { plugin: value } : value),
      z.strictObject(
        {
          plugin: z.string("the name of a plugin is needed").min(1, "the name of a plugin is needed"),
          required: z.boolean("must be true or false").default(true),
        },
        { error: ({ code }) => (code === "invalid_type" ? "must be the name of a plugin, or a mapping with `plugin` and `required`" : undefined) },
      ),
    ),
    "must be a list of plugins' names",
  )
  .superRefine((needs, context) => {
    for (const [index, { plugin }] of needs.entries())
      if (needs.findIndex((other) => other.plugin === plugin) < index)
        context.addIssue({ code: "custom", path: [index], message: `names ${JSON.stringify(plugin)} a second time` });
  });

/** What can't be about one of a plugin's needs: `index` counts them from 0. */
export type NeedProblem = { readonly plugin: string; readonly index: number; readonly message: string };

type Needing = Pick<PluginDefinition, "name" | "needs" | "order">;

/** What is wrong with the needs of a run's plugins: names that are none of the run's, and circles, each told once. */
export function findNeedProblems(definitions: readonly Needing[]): readonly NeedProblem[] {
  const names = definitions.map(({ name }) => name);
  const unknown = definitions.flatMap(({ name, needs = [] }) =>
    needs.flatMap(({ plugin }, index) =>
      names.includes(plugin)
        ? []
        : [{ plugin: name, index, message: `there is no plugin ${JSON.stringify(plugin)} in this run, whose plugins are ${names.join(", ")}; add it with -p` }],
    ),
  );
  return [...unknown, ...findCircles(definitions)];
}

function findCircles(definitions: readonly Needing[]): readonly NeedProblem[] {
  const problems: NeedProblem[] = [];
  const done = new Set<string>();
  const follow = (name: string, way: readonly string[]): void => {
    const { needs = [] } = definitions.find((definition) => definition.name === name) ?? {};
    for (const [index, { plugin }] of needs.entries()) {
      const begin = [...way, name].indexOf(plugin);
      if (begin >= 0) problems.push({ plugin: name, index, message: describeCircle([...way, name].slice(begin)) });
      else if (!done.has(plugin)) follow(plugin, [...way, name]);
    }
    done.add(name);
  };
  for (const { name } of definitions) if (!done.has(name)) follow(name, []);
  return problems;
}

const describeCircle = (names: readonly string[]): string =>
  `closes a circle, in which none could begin: ${names.map((name, at) => `${name} needs ${names[(at + 1) % names.length]}`).join(", ")}`;

/** Whether one plugin starts only after another has ended: because it needs it, directly or not, or without needs because its order is higher. */
export function startsAfter(later: Needing, earlier: Needing, definitions: readonly Needing[]): boolean {
  if (later.needs === undefined) return earlier.needs === undefined && later.order > earlier.order;
  return later.needs.some(({ plugin }) => {
    const need = definitions.find(({ name }) => name === plugin);
    return need !== undefined && (need.name === earlier.name || startsAfter(need, earlier, definitions));
  });
}
