type Child = Node | string | undefined;
type Attributes = { readonly [name: string]: string | number | boolean | undefined };

/** An element with attributes and children. Strings become text nodes and nothing else, so no text can become markup; `true` is an attribute without a value. */
export function element<Tag extends keyof HTMLElementTagNameMap>(tag: Tag, attributes: Attributes, ...children: readonly Child[]): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes))
    if (value !== undefined && value !== false) made.setAttribute(name, value === true ? "" : String(value));
  made.append(...children.filter((child) => child !== undefined));
  return made;
}

/** A text of the cluster's, kept from turning round what stands beside it. */
export const isolated = (text: string): HTMLElement => element("bdi", {}, text);

/** One of the page's own icons, which says nothing to who can't see it: a word stands beside it. */
export function icon(name: string): SVGSVGElement {
  const svg = document.createElementNS(svgNamespace, "svg");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(svgNamespace, "use");
  use.setAttribute("href", `#icon-${name}`);
  svg.append(use);
  return svg;
}

/** The element of the page's own markup with this id. */
export function find(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`the page has no #${id}`);
  return found;
}

const svgNamespace = "http://www.w3.org/2000/svg";
