import { find } from "./element.ts";
import { createFindingsView } from "./findings-view.ts";
import { listenToKeys } from "./keys.ts";
import { enhanceNodes } from "./enhance-nodes.ts";
import { fillLocalTimes } from "./local-times.ts";
import { createNavigation } from "./navigation.ts";
import type { PageState } from "./page-state.ts";
import { parseReport } from "./parse-report.ts";
import { prepareForPrint } from "./print-findings.ts";
import { createTestsView } from "./tests-view.ts";
import { createThemeSwitch } from "./theme-switch.ts";

/** Starts the page: one report, one state in its address, and the views that show both. */
const report = parseReport();
const navigation = createNavigation((state, before) => show(state, before));
const [findings, tests] = [createFindingsView(report, navigation), createTestsView(report)];
const theme = createThemeSwitch(navigation);
listenToKeys({ navigation, findings });
enhanceNodes(report.matrix);
fillLocalTimes();
prepareForPrint(report);

function show(state: PageState, before: PageState | undefined): void {
  const { view } = state;
  document.documentElement.dataset["view"] = view;
  theme.show(state);
  for (const link of document.querySelectorAll<HTMLElement>("nav [data-view]")) {
    if (link.dataset["view"] === view) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  if (view === "findings") findings.show(state, before);
  if (view === "tests") tests.show();
  if (before === undefined || before.view === view) return;
  if (state.open === undefined) scrollTo({ top: 0, behavior: "instant" });
  find(`${view}-title`).focus({ preventScroll: true });
}
