/** A long list of which only what can be seen is in the page. Rows have one height, but for an open one, whose extra height is measured. */
export type VirtualList = {
  readonly show: (rows: { readonly count: number; readonly opened: number }) => void;
  /** Brings a row into sight, and the focus to it where asked. */
  readonly reveal: (index: number, focus?: boolean) => void;
};

/** Fills the list element, whose rows are as high as `--row` says, with the rows of the window; `build` makes one, which keeps its place until the next `show`. */
export function createVirtualList(list: HTMLElement, build: (index: number) => HTMLElement): VirtualList {
  const built = new Map<number, HTMLElement>();
  let [count, opened, extra, pending] = [0, -1, 0, false];
  const rowHeight = (): number => {
    const style = getComputedStyle(document.documentElement);
    return Number.parseFloat(style.getPropertyValue("--row")) * Number.parseFloat(style.fontSize);
  };
  let height = rowHeight();
  const topOf = (index: number): number => index * height + (opened >= 0 && index > opened ? extra : 0);
  const indexAt = (top: number): number => {
    const isBehind = opened >= 0 && top > topOf(opened) + height;
    return Math.floor((isBehind ? Math.max(topOf(opened) + height, top - extra) : top) / height);
  };

  const place = (): void => {
    pending = false;
    const top = -list.getBoundingClientRect().top;
    const first = Math.max(0, indexAt(top) - spare);
    const last = Math.min(count - 1, indexAt(top + innerHeight) + spare);
    for (const [index, row] of built)
      if ((index < first || index > last) && !row.contains(document.activeElement)) {
        row.remove();
        built.delete(index);
      }
    for (let index = first; index <= last; index++) if (!built.has(index)) insert(index);
    for (const [index, row] of built) row.style.transform = `translateY(${topOf(index)}px)`;
    list.style.height = `${topOf(count)}px`;
  };
  /** In the order of the list, which is the order of the Tab key. */
  const insert = (index: number): void => {
    const row = build(index);
    row.setAttribute("aria-setsize", String(count));
    row.setAttribute("aria-posinset", String(index + 1));
    row.dataset["index"] = String(index);
    const next = [...built.keys()].filter((other) => other > index);
    list.insertBefore(row, next.length === 0 ? null : (built.get(Math.min(...next)) ?? null));
    built.set(index, row);
    if (index === opened) sizes.observe(row);
  };
  const placeSoon = (): void => {
    if (pending || list.offsetParent === null) return;
    pending = true;
    requestAnimationFrame(place);
  };
  const sizes = new ResizeObserver(([entry]) => {
    if (entry === undefined || !entry.target.isConnected) return;
    extra = Math.max(0, entry.target.getBoundingClientRect().height - height);
    placeSoon();
  });
  addEventListener("scroll", placeSoon, { passive: true });
  addEventListener("resize", () => {
    height = rowHeight();
    placeSoon();
  });

  return {
    show(rows) {
      sizes.disconnect();
      list.replaceChildren();
      built.clear();
      [count, opened, extra] = [rows.count, rows.opened, 0];
      height = rowHeight();
      place();
      const open = built.get(opened);
      if (open !== undefined) extra = Math.max(0, open.getBoundingClientRect().height - height);
      place();
    },
    reveal(index, focus = false) {
      const top = list.getBoundingClientRect().top + topOf(index);
      const bar = Number.parseFloat(getComputedStyle(document.documentElement).scrollPaddingTop) || 0;
      if (top < bar || top + height > innerHeight) scrollTo({ top: scrollY + top - bar - height, behavior: "instant" });
      place();
      if (focus) built.get(index)?.querySelector("button")?.focus({ preventScroll: true });
    },
  };
}

/** Rows beyond each edge of the window: what a flick of the wheel brings. */
const spare = 12;
