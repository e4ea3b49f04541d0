import { h, render } from "preact";
import { act } from "preact/test-utils";
import { afterEach, expect, it, vi } from "vitest";
import { Dialog } from "./Dialog";

const page = document.body.appendChild(document.createElement("div"));
const onClose = vi.fn();
const show = (open: boolean) => act(() => render(h(Dialog, { title: "t", open, onClose }), page));
const dialog = () => page.querySelector("dialog");

afterEach(() => act(() => render(null, page)));

it("tells that it was closed by whoever sees it, and not that its place was taken away", async () => {
  await show(true);
  dialog()?.dispatchEvent(new Event("close"));
  expect(onClose).toHaveBeenCalledTimes(1);
  const element = dialog();
  const closed = vi.spyOn(element as HTMLDialogElement, "close");
  await act(() => render(null, page));
  // The browser gives the focus back by this, and tells of it a moment later.
  expect(closed).toHaveBeenCalled();
  element?.dispatchEvent(new Event("close"));
  expect(onClose).toHaveBeenCalledTimes(1);
});
