import { expect, test } from "vitest";
import { pageOf } from "./backend";

test("of a page only its address is told, nothing that stands behind the path", () => {
  expect(pageOf("https://shop.example.com/cart?token=secret#x")).toBe(
    "https://shop.example.com/cart",
  );
  expect(pageOf("")).toBe("");
  expect(pageOf("not an address")).toBe("");
});
