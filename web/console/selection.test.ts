import { beforeEach, describe, expect, it } from "vitest";
import { Selection } from "./selection";

const rows = ["a", "b", "c", "d", "e"];
let selection: Selection;
const chosen = () => rows.filter((id) => selection.ids.value.has(id)).join("");

beforeEach(() => {
  selection = new Selection();
});

describe("the chosen cases", () => {
  it("are chosen and left out one by one", () => {
    selection.toggle("b");
    selection.toggle("d");
    selection.toggle("b");
    expect(chosen()).toBe("d");
  });

  it("are a range from the last chosen, in both directions", () => {
    selection.toggle("c");
    selection.extend(rows, "e");
    expect(chosen()).toBe("cde");
    selection.extend(rows, "a");
    expect(chosen()).toBe("abcde");
  });

  it("begin with one when there is no last, or it has left the list", () => {
    selection.extend(rows, "b");
    expect(chosen()).toBe("b");
    selection.clear();
    selection.toggle("gone");
    selection.extend(rows, "d");
    expect(chosen()).toBe("d");
  });

  it("are all that are loaded, or none", () => {
    selection.all(rows);
    expect(chosen()).toBe("abcde");
    selection.clear();
    expect(chosen()).toBe("");
  });
});
