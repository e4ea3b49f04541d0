import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { ApiError } from "../../shared/api";
import { setLocale } from "../../shared/i18n";
import { close, STAYS_MS, toasts } from "../toasts";
import { Collection } from "./collection";

interface Thing {
  id: string;
  name: string;
}
const [red, blue]: Thing[] = [
  { id: "r", name: "Red" },
  { id: "b", name: "Blue" },
] as [Thing, Thing];

const remove = vi.fn<(item: Thing) => Promise<unknown>>();
let things: Collection<Thing>;
const ids = () => things.items.value?.map(({ id }) => id);

beforeAll(() => setLocale("en"));

beforeEach(async () => {
  vi.useFakeTimers();
  toasts.value = [];
  remove.mockReset().mockResolvedValue(null);
  things = new Collection({ list: async () => [red, blue], remove }, ({ name }) => name);
  await things.load();
});

afterEach(() => {
  vi.useRealTimers();
});

describe("the named things of a section", () => {
  it("keep their place when they are saved, and new ones come last", () => {
    things.put({ id: "r", name: "Crimson" });
    things.put({ id: "g", name: "Green" });
    expect(things.items.value?.map(({ name }) => name)).toEqual(["Crimson", "Blue", "Green"]);
  });

  it("are deleted once the time for undoing it is over", async () => {
    things.remove(red);
    expect(ids()).toEqual(["b"]);
    expect(toasts.value[0]?.text).toBe("Red is deleted.");
    await vi.advanceTimersByTimeAsync(STAYS_MS - 1);
    expect(remove).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    expect(remove).toHaveBeenCalledExactlyOnceWith(red);
    expect(ids()).toEqual(["b"]);
  });

  it("come back when it is undone, and nothing was asked of the server", async () => {
    things.remove(red);
    toasts.value[0]?.action?.run();
    await vi.advanceTimersByTimeAsync(STAYS_MS * 2);
    expect(ids()).toEqual(["r", "b"]);
    expect(remove).not.toHaveBeenCalled();
  });

  it("can be undone for as long as that is offered, and say what came back", async () => {
    document.body.innerHTML = '<div class="toasts"><button>Undo</button></div>';
    document.querySelector("button")?.focus();
    things.remove(red);
    await vi.advanceTimersByTimeAsync(STAYS_MS * 3);
    expect(remove).not.toHaveBeenCalled();
    toasts.value[0]?.action?.run();
    expect([ids(), things.restored.value]).toEqual([["r", "b"], "r"]);
    document.body.innerHTML = "";
  });

  it("are deleted once the offer to undo it is closed", async () => {
    things.remove(red);
    close(toasts.value[0]?.id ?? 0);
    await vi.advanceTimersByTimeAsync(0);
    expect(remove).toHaveBeenCalledExactlyOnceWith(red);
    expect(toasts.value).toEqual([]);
  });

  it("are deleted at once when the section is left, because nobody could undo it there", async () => {
    things.remove(red);
    await things.flush();
    expect(remove).toHaveBeenCalledExactlyOnceWith(red);
    expect(toasts.value).toEqual([]);
  });

  it("come back, with the reason, when the server refuses", async () => {
    remove.mockRejectedValue(new ApiError("unavailable", 503));
    things.remove(red);
    await vi.advanceTimersByTimeAsync(STAYS_MS);
    expect(ids()).toEqual(["r", "b"]);
    expect(toasts.value.at(-1)?.code).toBe("unavailable");
  });
});
