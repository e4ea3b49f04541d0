import { beforeAll, expect, it } from "vitest";
import type { AlertView, Considered } from "../shared/generated/rest";
import { setLocale } from "../shared/i18n";
import { everToldIn, mailedIn, namesOf, nobodyIn, notToldIn } from "./alerts";

const person = (name: string, reason: Considered["reason"]): Considered => ({
  id: name,
  name,
  told: reason === "available",
  reason,
  mailed: false,
});
const decision = (...considered: Considered[]): AlertView => ({
  alert: "waiting",
  decided_at: "2026-05-04T10:00:00Z",
  promise: "",
  because: "",
  considered,
});

beforeAll(() => setLocale("en"));

it("groups those who were not told by the reason why", () => {
  const alert = decision(
    person("Greta", "available"),
    person("Eve", "not_active"),
    person("Tomas", "not_available"),
    person("Una", "no_access"),
    person("Otto", "not_available"),
  );
  expect(notToldIn(alert, "Otto")).toEqual([
    { reason: "not_available", names: "Tomas and Otto (you)" },
    { reason: "no_access", names: "Una" },
    { reason: "not_active", names: "Eve" },
  ]);
});

it("counts everybody who was told once, however often it rang", () => {
  const twice = [decision(person("Greta", "available")), decision(person("Greta", "available"))];
  expect(everToldIn(twice)).toHaveLength(1);
  expect(everToldIn([decision(person("Otto", "not_available"))])).toEqual([]);
});

it("says who was mailed besides, but not of what was a mail alone", () => {
  const mailed = decision({ ...person("Greta", "available"), mailed: true });
  expect(mailedIn({ ...mailed, alert: "sla_breached" })).toHaveLength(1);
  expect(mailedIn({ ...mailed, alert: "escalated" })).toEqual([]);
});

it("says why nobody at all was considered", () => {
  expect(nobodyIn({ ...decision(), because: "muted" })).toBe("console-alerts-none-muted");
  expect(nobodyIn({ ...decision(), because: "newer" })).toBe("console-alerts-none");
  expect(nobodyIn(decision())).toBe("console-alerts-none");
});

it("names somebody whom nobody knows any more", () => {
  expect(namesOf([{ ...person("x", "available"), name: "" }], "me")).toBe("Former technician");
});
