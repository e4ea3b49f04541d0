import { type FunctionComponent, h, render } from "preact";
import { act } from "preact/test-utils";
import { afterEach, beforeAll, expect, it, vi } from "vitest";
import { fetchAhead } from "../bring";
import { setLocale, t } from "../i18n";
import { type FrameProps, Lazy } from "./Lazy";

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

const Named: FunctionComponent<{ name: string }> = ({ name }) => h("p", null, `Here is ${name}`);
const Frame: FunctionComponent<FrameProps> = ({ children }) => h("main", null, children);
const page = document.body.appendChild(document.createElement("div"));
const show = (load: () => Promise<{ default: typeof Named }>) =>
  act(() =>
    render(h(Lazy<{ name: string }>, { load, props: { name: "Ada" }, frame: Frame }), page),
  );

afterEach(() => render(null, page));

it("keeps the place of a part that is on its way, and is then the part alone", async () => {
  let come: (part: { default: typeof Named }) => void = () => undefined;
  await show(() => new Promise((resolve) => (come = resolve)));
  expect(page.querySelector("main [role=status]")?.getAttribute("aria-label")).toBe("Loading");
  await act(() => come({ default: Named }));
  await vi.waitFor(() => expect(page.innerHTML).toBe("<p>Here is Ada</p>"));
});

it("says in that place that a part cannot be had, and brings it at the next try", async () => {
  const load = vi.fn().mockRejectedValueOnce(new TypeError("gone with an update"));
  load.mockResolvedValue({ default: Named });
  await show(load);
  await vi.waitFor(() => expect(page.querySelector("main [role=alert]")).not.toBeNull());
  const buttons = [...page.querySelectorAll("button")];
  expect(buttons.map((button) => button.textContent)).toEqual(["Try again", "Reload the page"]);
  await act(() => buttons[0]?.click());
  await vi.waitFor(() => expect(page.textContent).toBe("Here is Ada"));
});

it("shows at once what was fetched ahead", async () => {
  const load = () => Promise.resolve({ default: Named });
  fetchAhead(load);
  await Promise.resolve().then(() => Promise.resolve());
  render(h(Lazy<{ name: string }>, { load, props: { name: "Ada" } }), page);
  expect(page.textContent).toBe("Here is Ada");
});
