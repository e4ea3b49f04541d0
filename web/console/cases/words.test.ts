import { expect, it } from "vitest";
import { termsOf } from "./words";

it.each(["", "a", "#", "a b", "J. R."])("%j is too little to look for", (query) => {
  expect(termsOf(query)).toEqual([]);
});

it("looks for the longest term first and for no single letters", () => {
  expect(termsOf("a Lamp is dark")).toEqual(["lamp", "dark", "is"]);
});
