import Handlebars from "handlebars";
import { templates } from "./templates.ts";

/** A page as a function of its view: every template knows the others by their file names, and a name that the view lacks is an error. */
export function compilePage(name: PageName): (view: object) => string {
  const page = compiled.get(name) ?? compile(name);
  compiled.set(name, page);
  return page;
}

type PageName = "page.hbs" | "diff.hbs";

/** A text of our own that needs no escape: style, script, data that is escaped already. */
export const safe = (text: string): object => new Handlebars.SafeString(text);

const compiled = new Map<PageName, HandlebarsTemplateDelegate<object>>();

function compile(page: PageName): HandlebarsTemplateDelegate<object> {
  const handlebars = Handlebars.create();
  for (const [name, source] of Object.entries(templates)) if (name.endsWith(".hbs")) handlebars.registerPartial(name.replace(/\.hbs$/, ""), source);
  return handlebars.compile<object>(templates[page], { strict: true, noEscape: false });
}
