import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { sampleCase } from "./cases/sample";
import type { Case } from "./model";
import { Search } from "./search";

const answers: ((found: Case[]) => void)[] = [];
const source = {
  search: vi.fn(() => new Promise<Case[]>((answer) => answers.push(answer))),
};
let search: Search;

beforeEach(() => {
  vi.useFakeTimers();
  answers.length = 0;
  source.search.mockClear();
  search = new Search(source);
});
afterEach(() => {
  vi.useRealTimers();
});

async function typed(query: string): Promise<void> {
  search.type(query);
  await vi.runAllTimersAsync();
}

describe("the search", () => {
  it("needs two characters, and asks once for what is typed in one go", async () => {
    await typed("l");
    expect(source.search).not.toHaveBeenCalled();
    search.type("la");
    await typed("lam");
    expect(source.search.mock.calls).toEqual([["lam"]]);
  });

  it("throws away what comes for words that are no longer there", async () => {
    await typed("lamp");
    await typed("lamb");
    answers[1]?.([sampleCase({ id: "lamb" })]);
    answers[0]?.([sampleCase({ id: "lamp" })]);
    await vi.runAllTimersAsync();
    expect(search.found.value?.map(({ id }) => id)).toEqual(["lamb"]);
  });

  it("forgets what was found when the words are gone", async () => {
    await typed("lamp");
    answers[0]?.([sampleCase({ id: "a" })]);
    await vi.runAllTimersAsync();
    await typed("");
    expect(search.found.value).toBeNull();
  });
});
