import { describe, expect, it } from "vitest";
import { setLocale, t } from "../shared/i18n";
import { misread, PLAIN } from "./cases/place";
import { sayMisread } from "./misread";
import { formatRoute, go, parseRoute } from "./route";
import { toasts } from "./toasts";

const ID = "0198b3f2-7c1e-7a00-8000-0000000000aa";

describe("the address", () => {
  it("carries list, case and the details place there and back", () => {
    const route = {
      page: "cases",
      place: null,
      list: "mine",
      view: {
        filter: { category: "active", label: [ID], flagged: false, customer: "núñez & co" },
        sort: "waiting",
        direction: "desc",
        saved: ID,
      },
      caseId: ID,
      details: true,
    } as const;
    const url = new URL(formatRoute(route), "http://localhost");
    expect(parseRoute(url.pathname, url.search)).toEqual(route);
  });

  it("leads to a section of the settings, which are about no case", () => {
    const address = formatRoute({ page: "settings", place: "incoming", list: "mine" });
    expect(address).toBe("/console/settings/incoming");
    expect(parseRoute(address, "")).toMatchObject({ page: "settings", place: "incoming" });
    expect(parseRoute("/console/settings/incoming", "").caseId).toBeNull();
    expect(parseRoute("/console/settings", "").place).toBeNull();
  });

  it("carries what lies below a section, such as the one thing that is looked at", () => {
    const place = `rules/${ID}`;
    expect(parseRoute(formatRoute({ page: "settings", place }), "").place).toBe(place);
  });

  it("falls back to the cases for a page that does not exist", () => {
    expect(parseRoute("/console/nowhere/7", "?list=all")).toMatchObject({
      page: "cases",
      place: null,
      list: "all",
    });
  });

  it("forgets the section when another page is opened without one", () => {
    go({ page: "settings", place: "incoming" });
    go({ page: "settings" });
    expect(location.pathname).toBe("/console/settings");
    go({ page: "cases" });
    expect(location.pathname).toBe("/console/cases");
  });

  it("falls back to Unassigned for a list that does not exist", () => {
    expect(parseRoute("/console/cases", "?list=everything").list).toBe("unassigned");
  });

  it("ignores an id that is none", () => {
    expect(parseRoute("/console/cases/..%2Fapi", "?view=details")).toEqual({
      page: "cases",
      place: null,
      list: "unassigned",
      view: PLAIN,
      caseId: null,
      details: false,
    });
  });

  it("says nothing of what is mistyped in it, and nothing that goes without saying", () => {
    const query =
      "?list=all&state=lost&priority=urgent&label=x&sort=relevance&direction=up&saved=1";
    const { view } = parseRoute("/console/cases", query);
    expect(view).toEqual({ ...PLAIN, filter: { priority: ["urgent"] } });
    expect(formatRoute({ list: "all", view })).toBe("/console/cases?list=all&priority=urgent");
  });

  it("is put right where it filters by what does not exist, and that is said", async () => {
    await setLocale("en");
    const good = "list=all&view=details&sort=updated&flagged=true&label=" + ID;
    expect(misread(new URLSearchParams(`${good}&q=x&spam=false&technician=me`))).toEqual([]);
    go({ page: "cases", list: "all", caseId: null, view: { ...PLAIN, filter: { flagged: true } } });
    history.replaceState(null, "", `${location.pathname}${location.search}&colour=red&state=lost`);
    sayMisread();
    expect(location.search).toBe("?list=all&flagged=true");
    expect(toasts.value.at(-1)?.text).toBe(t("place-misread", { names: "colour=red, state=lost" }));
    toasts.value = [];
    sayMisread();
    expect(toasts.value).toEqual([]);
  });

  it("leaves a filter with the list that it belongs to", () => {
    go({ page: "cases", list: "all", view: { ...PLAIN, filter: { flagged: true } } });
    go({ caseId: ID });
    expect(location.search).toBe("?list=all&flagged=true");
    go({ list: "mine", caseId: null });
    expect(location.search).toBe("?list=mine");
  });
});
