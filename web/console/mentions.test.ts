import { describe, expect, it } from "vitest";
import { callable, callAt, mentioned, withCall } from "./mentions";

const TEAM = [
  { id: "1", name: "Ann" },
  { id: "2", name: "Ann Lee" },
  { id: "3", name: "Jörg" },
];

describe("calling a colleague", () => {
  it("begins with an @ after a space, and not within an address", () => {
    expect(callAt("Look @jö", 8)).toEqual({ from: 5, at: 8 });
    expect(callAt("@", 1)).toEqual({ from: 0, at: 1 });
    expect(callAt("ann@example", 11)).toBeNull();
    expect(callAt("@ann has it", 11)).toBeNull();
  });

  it("offers whose name has what is typed in it, and nobody themselves", () => {
    expect(callable(TEAM, "1", "ANN").map(({ id }) => id)).toEqual(["2"]);
    expect(callable(TEAM, "9", "").map(({ id }) => id)).toEqual(["1", "2", "3"]);
  });

  it("puts the whole name in its place and the caret behind it", () => {
    expect(withCall("Look @jö please", { from: 5, at: 8 }, "Jörg")).toEqual({
      text: "Look @Jörg  please",
      caret: 11,
    });
  });

  it("calls whom it names, each once, the longest name first", () => {
    expect(mentioned("@Ann Lee and @Jörg, @Jörg!", TEAM)).toEqual(["2", "3"]);
    expect(mentioned("@Ann", TEAM)).toEqual(["1"]);
    expect(mentioned("Ann", TEAM)).toEqual([]);
  });
});
