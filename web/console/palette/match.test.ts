import { describe, expect, it } from "vitest";
import { score } from "./match";

const best = (query: string, names: string[]) =>
  names
    .map((name) => ({ name, points: score(query, name) }))
    .filter(({ points }) => points > 0)
    .sort((a, b) => b.points - a.points)
    .map(({ name }) => name);

describe("what fits to what was typed", () => {
  it("does not mind accents, case and the sharp s", () => {
    expect(score("fahig", "Fähigkeiten")).toBeGreaterThan(0);
    expect(score("GROSSE", "Größe ändern")).toBeGreaterThan(0);
    expect(score("espanol", "Español")).toBe(100);
  });

  it("prefers the beginning of the name, then of its words, then the middle, then scattered letters", () => {
    const names = ["Reassemble", "All cases", "Assign to me", "Case: assign somebody"];
    expect(best("ass", names)).toEqual(["Assign to me", "Case: assign somebody", "Reassemble"]);
  });

  it("takes words in any order and letters as initials", () => {
    expect(best("me assign", ["Assign to me", "Assign to Otto"])).toEqual(["Assign to me"]);
    expect(best("atm", ["Assign to me", "All cases"])).toEqual(["Assign to me"]);
  });

  it("finds nothing where there is nothing", () => {
    expect(score("xyz", "Assign to me")).toBe(0);
    expect(score("q", "Assign to me")).toBe(0);
  });

  it("knows other words for it, and counts them less than the name", () => {
    expect(score("dark", "Appearance", "dark light night")).toBeGreaterThan(0);
    expect(score("dark", "Appearance", "dark light night")).toBeLessThan(score("dark", "Dark"));
  });
});
