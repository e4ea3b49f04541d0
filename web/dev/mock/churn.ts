/** A busy desk: so many changes a second, of all kinds that a list is moved by. `bench/lists.py` asks for it. */
import type { Case } from "../../console/model.ts";
import { casesOf, change, OTTO, TINA } from "./cases.ts";
import type { Call, Reply, Route } from "./http.ts";
import { tellStaff } from "./log.ts";
import { blank } from "./seeds.ts";

export const churnRoutes: Route[] = [
  { method: "POST", path: /^\/mock\/churn$/, answer: ({ body }: Call) => churn(body) },
];

/** `per_second` changes for `seconds`, evenly spread, as a desk would tell of them. */
function churn({ per_second, seconds }: Record<string, unknown>): Reply {
  const pause = 1_000 / Number(per_second);
  let left = Number(per_second) * Number(seconds);
  const timer = setInterval(() => {
    step(left);
    left -= 1;
    if (left <= 0) clearInterval(timer);
  }, pause);
  return { status: 204 };
}

/** Of twenty, two come in, three go, and the others change where they stand. */
function step(number: number): void {
  const cases = casesOf("tina");
  const kind = number % 20;
  if (kind < 2) {
    const item: Case = {
      ...blank(1001 + cases.size, new Date().toISOString()),
      state: "unassigned",
    };
    cases.set(item.id, item);
    tellStaff({ t: "case", event: "case.opened", case: item });
    return;
  }
  const all = [...cases.values()];
  // Half of it near the top, where people work.
  const among = number % 2 ? all.length : 200;
  const item = all[(number * 7_919) % among];
  if (!item) return;
  const turn = { state_version: item.state_version + 1 };
  if (kind < 5)
    change(cases, item, { ...turn, state: "resolved", assignee: TINA }, "case.resolved");
  else if (kind < 10)
    change(cases, item, { ...turn, state: "assigned", assignee: OTTO }, "case.assigned");
  else change(cases, item, { preview: `Change ${number} of a busy day` }, "case.heard");
}
