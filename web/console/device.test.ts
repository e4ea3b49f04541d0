import { expect, test } from "vitest";
import { factsOf } from "./device";

const NOTHING = { user_agent: "", language: "", time_zone: "", screen: "", page: "" };

test("browser, system and language are told in words", () => {
  const user_agent =
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1";
  const page = "https://shop.example.com/cart";
  const facts = new Map(factsOf({ ...NOTHING, user_agent, language: "de-AT", page }, "en"));
  expect(facts.get("browser")).toBe("Safari 18.1");
  expect(facts.get("system")).toBe("iOS 18.1");
  expect(facts.get("kind")).toBe("mobile");
  expect(facts.get("page")).toBe(page);
  expect(facts.get("language")).toBe("Austrian German (de-AT)");
  expect(facts.get("user-agent")).toBe(user_agent);
  expect(facts.has("screen")).toBe(false);
});

test("what a browser made up is shown as it is, and of nothing nothing is told", () => {
  expect(factsOf(NOTHING, "en")).toEqual([]);
  const facts = new Map(factsOf({ ...NOTHING, user_agent: "curl", language: "!!" }, "en"));
  expect(facts.get("language")).toBe("!!");
  expect(facts.get("user-agent")).toBe("curl");
});
