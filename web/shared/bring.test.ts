import { expect, it } from "vitest";
import { bring, broughtBy, fetchAhead } from "./bring";

it("has a part that came at once, and asks anew for one that did not", async () => {
  let reached = false;
  const load = () => (reached ? Promise.resolve("part") : Promise.reject(new TypeError("offline")));
  await expect(bring(load)).rejects.toMatchObject({ code: "network", retry: true });
  fetchAhead(load);
  expect(broughtBy(load)).toBeUndefined();
  reached = true;
  expect(await bring(load)).toBe("part");
  expect(broughtBy(load)).toBe("part");
});
