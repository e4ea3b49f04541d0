import { describe, expect, it } from "vitest";
import { formatRoute, parseRoute } from "./route";

const ID = "0198b3f2-7c1e-7a00-8000-0000000000aa";

describe("the address", () => {
  it("carries list, case and the details place there and back", () => {
    const route = { page: "cases", list: "mine", caseId: ID, details: true } as const;
    const url = new URL(formatRoute(route), "http://localhost");
    expect(parseRoute(url.pathname, url.search)).toEqual(route);
  });

  it("leads to the settings, which are about no case", () => {
    const route = { page: "settings", list: "mine", caseId: null, details: false } as const;
    expect(formatRoute(route)).toBe("/console/settings");
    expect(parseRoute("/console/settings", "")).toMatchObject({ page: "settings", caseId: null });
  });

  it("falls back to Unassigned for a list that does not exist", () => {
    expect(parseRoute("/console/cases", "?list=everything").list).toBe("unassigned");
  });

  it("ignores an id that is none", () => {
    expect(parseRoute("/console/cases/..%2Fapi", "?view=details")).toEqual({
      page: "cases",
      list: "unassigned",
      caseId: null,
      details: false,
    });
  });
});
