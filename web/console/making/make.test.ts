import { expect, test, vi } from "vitest";
import { sampleCase } from "../cases/sample";
import { makeCase, fieldsOf, portalsOf } from "./make";
import { check } from "./NewCaseDialog";

const PORTALS = [{ id: "p-1" }, { id: "p-2" }];

test("a call begins empty at the first portal; what is made from a case knows its customer and portal", () => {
  expect(fieldsOf({}, PORTALS)).toMatchObject({ type: "call", portal_id: "p-1", first_name: "" });
  const from = sampleCase({ id: "a" });
  const entry = { id: "m", text: "And my parcel?" } as never;
  expect(fieldsOf({ from, entry }, PORTALS)).toMatchObject({
    type: "request",
    portal_id: from.portal.id,
    email: "ada@example.com",
    problem: "And my parcel?",
  });
  expect(fieldsOf({ from }, PORTALS).problem).toBe(from.preview);
});

test("a name and a problem are needed, an address is not, but must be one", () => {
  const fields = fieldsOf({}, PORTALS);
  expect(Object.keys(check(fields)).sort()).toEqual(["first_name", "problem"]);
  const told = { ...fields, first_name: "Ada", problem: "Help" };
  expect(check(told)).toEqual({});
  expect(check({ ...told, email: "ada" }).email?.code).toBe("invalid_email");
  expect(check({ ...told, portal_id: "" }).portal_id?.code).toBe("required");
});

test("only companies with a portal can be chosen", () => {
  const portal = { id: "p", subdomain: "demo", address: "demo.example.com" };
  const companies = [
    { id: "1", name: "Demo", portal },
    { id: "2", name: "None", portal: null },
  ];
  expect(portalsOf({ companies } as never)).toEqual([
    { id: "p", label: "Demo · demo.example.com" },
  ]);
});

test("it is sent with the id of the form and the message it was split off at", async () => {
  const sent: unknown[] = [];
  const fetched = (_url: string, init: RequestInit) => {
    sent.push(JSON.parse(init.body as string));
    return Promise.resolve(Response.json(sampleCase({ id: "new" }), { status: 201 }));
  };
  vi.stubGlobal("fetch", fetched);
  const token = { get: async () => "t", current: () => "t", refresh: async () => "t" } as never;
  const from = sampleCase({ id: "a" });
  const beginning = { from, entry: { id: "m", text: "x" } as never };
  await makeCase(token, "client", fieldsOf(beginning, PORTALS), beginning, "de");
  expect(sent[0]).toMatchObject({
    client_id: "client",
    refers_to: "a",
    refers_from: "m",
    locale: "de",
  });
  vi.unstubAllGlobals();
});
