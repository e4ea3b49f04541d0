import { beforeAll, describe, expect, it } from "vitest";
import { hasText, setLocale } from "../../shared/i18n";
import { checkKey, type KeyForm, wantedKey } from "./ApiKeyEditor";
import { reachOf } from "./ApiKeys";
import { SCOPES, scopeText } from "./integrations";

const FORM: KeyForm = {
  name: "Billing",
  reach: "some",
  companies: ["c1"],
  scopes: ["cases:read"],
  rate_per_minute: "120",
  lasts: "",
};

beforeAll(() => setLocale("en"));

describe("a new API key", () => {
  it("is limited to companies, or for all of them", () => {
    const some = wantedKey(FORM, 0);
    expect([some.companies, some.all_companies]).toEqual([["c1"], false]);
    const all = wantedKey({ ...FORM, reach: "all" }, 0);
    expect([all.companies, all.all_companies]).toEqual([[], true]);
  });

  it("keeps nothing of the account's where it is limited after all", () => {
    const scopes = ["cases:read", "audit:read", "administer"];
    expect(wantedKey({ ...FORM, reach: "all", scopes }, 0).scopes).toEqual(scopes);
    expect(wantedKey({ ...FORM, scopes }, 0).scopes).toEqual(["cases:read"]);
    expect(checkKey({ ...FORM, scopes: ["administer"] })).toHaveProperty("scopes");
  });

  it("needs companies unless it is for all", () => {
    expect(checkKey(FORM)).toEqual({});
    expect(checkKey({ ...FORM, companies: [] })).toHaveProperty("companies");
    expect(checkKey({ ...FORM, companies: [], reach: "all" })).toEqual({});
  });
});

describe("an API key in the list", () => {
  it("says in words what it may and where", () => {
    expect(SCOPES.filter((it) => !hasText(`api-scope-${it.replace(":", "-")}`))).toEqual([]);
    expect(scopeText("cases:read")).toBe("Read cases");
    expect(scopeText("of:later")).toBe("of:later");
    const known = [{ id: "c1", name: "Northwind" }];
    expect(reachOf({ all_companies: true, companies: [] }, known)).toBe("All companies");
    expect(reachOf({ all_companies: false, companies: ["c1", "gone"] }, known)).toBe("Northwind");
  });
});
