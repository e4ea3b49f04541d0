import { h, render } from "preact";
import { act } from "preact/test-utils";
import { beforeAll, expect, it, vi } from "vitest";
import { setLocale, t } from "../i18n";
import { Lazy } from "./Lazy";

beforeAll(() => setLocale("en"));

it("a part that did not come is asked for again once there is a connection, without a press", async () => {
  const Part = () => h("p", { class: "part" }, "Contacts");
  const load = vi
    .fn(() => Promise.resolve({ default: Part }))
    .mockImplementationOnce(() => Promise.reject(new TypeError("no connection")));
  const page = document.body.appendChild(document.createElement("div"));
  await act(() => render(h(Lazy<object>, { load, props: {} }), page));
  await act(() => new Promise((resolve) => setTimeout(resolve, 5)));
  expect(page.textContent).toContain(t("part-missing"));
  await act(() => {
    dispatchEvent(new Event("online"));
  });
  await act(() => new Promise((resolve) => setTimeout(resolve, 5)));
  expect(page.querySelector(".part")?.textContent).toBe("Contacts");
  await act(() => render(null, page));
});
