import { afterEach, beforeEach, expect, it } from "vitest";
import { type Command, COMMANDS, type Context } from "./commands";
import { close, opened } from "./opened";
import { go, route } from "./route";

const { happyDOM } = window as unknown as {
  happyDOM: { setViewport: (size: { width: number; height: number }) => void };
};
const wide = { width: innerWidth, height: innerHeight };

beforeEach(() => happyDOM.setViewport({ width: 390, height: 844 }));
afterEach(() => {
  close();
  happyDOM.setViewport(wide);
});

it("what the conversation shows is shown on a phone too, where the details are on top of it", () => {
  const device = (COMMANDS.find(({ id }) => id === "case.device") ?? {}) as Command;
  go({ page: "cases", caseId: "0198c0de-0000-7000-8000-000000000001" });
  go({ details: true });
  device.run?.({} as Context);
  expect([route.value.details, opened.value]).toEqual([false, "device"]);
});
