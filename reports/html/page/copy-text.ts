import { element, icon } from "./element.ts";

/** A button that puts a text on the clipboard and says that it has. */
export function buildCopyButton(label: string, text: () => string): HTMLButtonElement {
  const word = element("span", {}, label);
  const button = element("button", { type: "button", class: "copy" }, icon("copy"), word);
  button.addEventListener("click", () => {
    void copyText(text()).then((copied) => {
      word.textContent = copied ? "Copied" : "Press Ctrl+C";
      announce(copied ? "Copied." : "The browser does not let the page copy.");
      setTimeout(() => (word.textContent = label), saidFor);
    });
  });
  return button;
}

/** Says a sentence to who can't see the page change. */
function announce(sentence: string): void {
  const region = document.getElementById("announcer");
  if (region !== null) region.textContent = sentence;
}

/** A page of a file may have no clipboard; then the old way, with a field that is selected. */
async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const field = element("textarea", { class: "off-screen", "aria-hidden": "true" });
    field.value = text;
    document.body.append(field);
    const focused = document.activeElement;
    field.select();
    const copied = document.execCommand("copy");
    field.remove();
    if (focused instanceof HTMLElement) focused.focus();
    return copied;
  }
}

const saidFor = 2000;
