import { h, render } from "preact";
import { act } from "preact/test-utils";
import { afterEach, beforeAll, expect, it } from "vitest";
import { setLocale } from "../../shared/i18n";
import { listWidth } from "../layout";
import { go } from "../route";
import { ConsoleSkeleton } from "./ConsoleSkeleton";

const page = document.body.appendChild(document.createElement("div"));
const panes = () => page.querySelector<HTMLElement>(".panes");

beforeAll(() => setLocale("en"));
afterEach(() => act(() => render(null, page)));

it("the shape of the cases is as wide as they will be", async () => {
  await act(() => go({ page: "cases", caseId: null }));
  await act(() => render(h(ConsoleSkeleton, {}), page));
  expect(panes()?.style.getPropertyValue("--list-width")).toBe(`${listWidth.value}px`);
  expect(panes()?.children).toHaveLength(2);
});

it("another page is not announced by the shape of cases", async () => {
  await act(() => go({ page: "contacts" }));
  await act(() => render(h(ConsoleSkeleton, {}), page));
  expect(panes()).toBeNull();
});
