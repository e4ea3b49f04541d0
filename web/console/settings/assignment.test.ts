import { describe, expect, it, vi } from "vitest";
import type { TokenSource } from "../../shared/token";
import { Assignment, checkAll, checkOwn, ownOf } from "./assignment";

const request = vi.hoisted(() => vi.fn(async () => ({ capacity: { chats: 1, cases: 1 } })));
vi.mock("../../shared/api", async (original) => ({ ...(await original<object>()), request }));

describe("capacity", () => {
  it("is a whole number, which only one technician's may be missing", () => {
    expect(checkAll({ chats: "", cases: "3" })).toEqual({
      chats: { code: "required", params: {} },
    });
    expect(checkOwn({ chats: "", cases: "3" })).toEqual({});
    for (const wrong of ["-1", "1.5", "1001", "three"])
      expect(checkOwn({ chats: wrong, cases: "" }).chats?.code).toBe("whole_number");
  });

  it("of one technician is sent as nothing where it is empty, and not as zero", async () => {
    const assignment = new Assignment(Object.create(null) as TokenSource);
    await assignment.setOwn("t1", { chats: " ", cases: "0" });
    expect(request).toHaveBeenCalledWith(
      "/cases/assignment/technicians/t1",
      expect.objectContaining({ method: "PUT", body: { chats: null, cases: 0 } }),
    );
    expect(assignment.view.value?.capacity.chats).toBe(1);
  });

  it("is shown as it was decided for them alone", () => {
    const capacity = { chats: 3, cases: 20 };
    const person = { id: "t", name: "T", available: true, load: capacity, capacity };
    expect(ownOf({ ...person, own: { chats: 0, cases: null } })).toEqual({
      chats: "0",
      cases: "",
    });
  });
});
