import { beforeEach, describe, expect, it, vi } from "vitest";
import { ApiError } from "../shared/api";
import type { TranscriptOrder } from "../shared/transcripts";
import { sampleCase, TINA } from "./cases/sample";
import { canReach, TranscriptForm } from "./transcript";

const nameless = { first_name: "Ada", last_name: "Byron", email: "" };
const send = vi.fn<(order: TranscriptOrder) => Promise<string>>();
let form: TranscriptForm;

beforeEach(() => {
  send.mockReset().mockResolvedValue("mail-1");
  form = new TranscriptForm(send);
  form.reset(sampleCase({ id: "a" }));
});

const orderOf = (call: number) => send.mock.calls[call]?.[0];

describe("who can be mailed to", () => {
  it("is a customer with an address, whoever has the case, and any address", () => {
    const alone = sampleCase({ id: "a", customer: nameless });
    const assigned = sampleCase({ id: "a", assignee: TINA });
    expect(canReach(alone, "customer")).toBe(false);
    expect(canReach(alone, "assignee")).toBe(false);
    expect(canReach(assigned, "customer") && canReach(assigned, "assignee")).toBe(true);
    expect(canReach(alone, "address")).toBe(true);
  });

  it("is chosen for whoever sends: the customer, or another address where none is known", () => {
    expect(form.to.value).toBe("customer");
    form.reset(sampleCase({ id: "a", customer: nameless }));
    expect(form.to.value).toBe("address");
  });
});

describe("sending", () => {
  it("names an address only when it is another one", async () => {
    form.write("left over");
    expect(await form.submit()).toBe("mail-1");
    expect(orderOf(0)).toMatchObject({ to: "customer", address: null });
    form.choose("address");
    form.write(" otto@example.com ");
    await form.submit();
    expect(orderOf(1)).toMatchObject({ to: "address", address: "otto@example.com" });
  });

  it("is the same mail when nothing was changed after a failure, and another one when it was", async () => {
    send.mockRejectedValueOnce(new ApiError("network", 0));
    expect(await form.submit()).toBeNull();
    expect(form.refusal.value?.code).toBe("network");
    await form.submit();
    form.choose("assignee");
    await form.submit();
    expect(orderOf(1)?.request_id).toBe(orderOf(0)?.request_id);
    expect(orderOf(2)?.request_id).not.toBe(orderOf(1)?.request_id);
  });

  it("asks for one well-formed address before the server is asked", async () => {
    form.choose("address");
    for (const address of [
      "",
      "ada",
      "a@example.com, b@example.com",
      "a@example.com;b@example.com",
    ]) {
      form.write(address);
      expect(await form.submit()).toBeNull();
      expect(form.addressError.value).toBe(address ? "field-invalid-email" : "field-required");
    }
    expect(send).not.toHaveBeenCalled();
  });

  it("puts what the server says of the address beside the field", async () => {
    const fields = [{ field: "address", code: "too_long", params: {} }];
    send.mockRejectedValue(new ApiError("invalid_input", 422, {}, fields));
    form.choose("address");
    form.write("a@example");
    await form.submit();
    expect(form.addressError.value).toBe("field-too-long");
    expect(form.refusal.value).toBeNull();
  });

  it("happens once however often it is pressed", async () => {
    const both = [form.submit(), form.submit()];
    expect(await Promise.all(both)).toEqual(["mail-1", null]);
    expect(send).toHaveBeenCalledOnce();
  });
});
