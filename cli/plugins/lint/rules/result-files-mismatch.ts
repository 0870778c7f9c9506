import { listOf } from "../../containers-of.ts";
import { configOf, type LintRule } from "../lint-rule.ts";

/** A file named as result whose suffix says that it is of another format than the plugin's. */
export const resultFilesMismatch: LintRule = {
  code: "result-files-mismatch",
  severity: "warning",
  find: (plugin) => {
    const config = configOf(plugin);
    const format = String(config["result-format"]).toLowerCase();
    const wanted = Object.hasOwn(suffixes, format) ? suffixes[format] : undefined;
    if (wanted === undefined) return [];
    return listOf(config["result-files"]).flatMap((file, index) =>
      typeof file !== "string" || wanted.test(file)
        ? []
        : [
            {
              path: ["sonobuoy-config", "result-files", index],
              message: `${JSON.stringify(file)} will be read as ${format}, and its name is not that of such a file`,
              remedy: "Correct result-format or the file's name.",
            },
          ],
    );
  },
};

const suffixes: { readonly [format: string]: RegExp } = { junit: /\.xml$/, e2e: /\.xml$/, gojson: /\.(?:json|log|txt)$/, manual: /\.ya?ml$/ };
