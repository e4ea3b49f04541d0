import { h, render } from "preact";
import { act } from "preact/test-utils";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { setLocale, t } from "../shared/i18n";
import { sampleCase } from "./cases/sample";
import type { Desk } from "./desk";
import type { Case } from "./model";
import { SearchBox } from "./parts/SearchBox";
import { go, route } from "./route";
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

describe("the search box", () => {
  let page: HTMLElement;
  const field = () => page.querySelector("input") as HTMLInputElement;
  const type = (text: string) =>
    act(() => {
      field().value = text;
      field().dispatchEvent(new Event("input", { bubbles: true }));
    });
  const enter = () =>
    act(() => {
      field().dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true }));
    });
  const arrives = (...found: Case[]) =>
    act(async () => {
      answers.at(-1)?.(found);
      await vi.advanceTimersByTimeAsync(1);
    });
  const [lamp, exact] = [
    sampleCase({ id: "lamp", number: 10_120 }),
    sampleCase({ id: "exact", number: 1012 }),
  ];

  beforeEach(async () => {
    await setLocale("en");
    go({ caseId: null });
    page = document.body.appendChild(document.createElement("div"));
    await act(() => render(h(SearchBox, { desk: { search } as unknown as Desk }), page));
    field().focus();
  });
  afterEach(() => {
    render(null, page);
    page.remove();
  });

  it("opens what fits best, when Enter comes before the answer: a number is that case", async () => {
    await type("1012");
    await enter();
    await enter();
    expect(source.search.mock.calls).toEqual([["1012"]]);
    expect(route.value.caseId).toBeNull();
    await arrives(lamp, exact);
    expect(route.value.caseId).toBe("exact");
  });

  it("does not open what was found for fewer words", async () => {
    await type("la");
    await act(async () => {
      await vi.advanceTimersByTimeAsync(500);
    });
    await arrives(lamp);
    await type("late");
    await enter();
    expect(route.value.caseId).toBeNull();
    await arrives(exact);
    expect(route.value.caseId).toBe("exact");
  });

  it("opens nothing for who has typed on or left meanwhile", async () => {
    await type("late");
    await enter();
    await type("later");
    answers[0]?.([lamp]);
    await enter();
    await act(() => field().blur());
    await arrives(exact);
    expect(route.value.caseId).toBeNull();
  });

  it("says of one letter that it is too few", async () => {
    await type("l");
    expect(page.querySelector("[role=status]")?.textContent).toBe(
      t("error-search-too-short", { least: 2 }),
    );
    await type("la");
    expect(page.querySelector("[role=status]")).toBeNull();
  });
});
