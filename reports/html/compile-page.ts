import Handlebars from "handlebars";
import { templates } from "./templates.ts";

/** The page as a function of its view: every template knows the others by their file names, and a name that the view lacks is an error. */
export function compilePage(): (view: object) => string {
  compiled ??= compile();
  return compiled;
}

/** A text of our own that needs no escape: style, script, data that is escaped already. */
export const safe = (text: string): object => new Handlebars.SafeString(text);

let compiled: HandlebarsTemplateDelegate<object> | undefined;

function compile(): HandlebarsTemplateDelegate<object> {
  const handlebars = Handlebars.create();
  for (const [name, source] of Object.entries(templates)) if (name.endsWith(".hbs")) handlebars.registerPartial(name.replace(/\.hbs$/, ""), source);
  return handlebars.compile<object>(templates["page.hbs"], { strict: true, noEscape: false });
}
