import { Option } from "commander";

/** Options under one heading of the help; each stays an option of its own. */
export function optionGroup(heading: string, options: readonly Option[]): readonly Option[] {
  for (const option of options) option.helpGroup(`${heading}:`);
  return options;
}

/** What Sonobuoy calls an option of ours; the help doesn't show it. `read` turns Sonobuoy's value into ours. */
export function otherName(flags: string, attribute: string, read?: (value: string) => unknown): Option {
  const option = new Option(flags, "Sonobuoy's name for one of the options above").hideHelp();
  option.attributeName = () => attribute;
  if (read !== undefined) option.argParser(read);
  return option;
}

/** An option that takes one of some words; it is looked at with all others (`parseChoice`), so that one error tells of all. */
export function choiceOption(flags: string, description: string, choices: readonly string[]): Option {
  const option = new Option(flags, description);
  option.argChoices = [...choices];
  return option;
}
