import { beforeAll, describe, expect, it } from "vitest";
import type { MacroView, RuleBody, TrialView } from "../../shared/generated/rest";
import { setLocale } from "../../shared/i18n";
import { endsNoChat } from "../many";
import { sampleCase } from "../cases/sample";
import { happeningText, standsBetween } from "../happenings";
import { Labels } from "../labels";
import { checkRule, formOf, bodyOf } from "../settings/RuleEditor";
import { checkMacro } from "../settings/Macros";
import { actOfMacro } from "./macros";
import { Trial } from "./trial";
import {
  CONDITION_KINDS,
  isWholeCondition,
  isWholeStep,
  kindOfStep,
  newCondition,
  newStep,
  STEP_KINDS,
} from "./vocabulary";
import { askedOf, conditionText, type Names, stepsText, triggerText } from "./words";

const NAMES: Names = {
  labels: [{ id: "l1", title: "Invoice" }],
  portals: [{ id: "p1", address: "shop.example.com" }],
  technicians: [{ id: "t1", name: "Greta" }],
};

function macro(...actions: MacroView["actions"]): MacroView {
  return { id: "m1", name: "Close", shared: true, actions, faults: [] };
}

beforeAll(() => setLocale("en"));

describe("the vocabulary", () => {
  it("has each kind of action under the name that it is read back by", () => {
    for (const kind of STEP_KINDS) expect(kindOfStep(newStep(kind))).toBe(kind);
  });

  it("takes nothing for whole that does not say what it needs", () => {
    const unsaid = STEP_KINDS.filter((kind) => !isWholeStep(newStep(kind)));
    expect(unsaid).toEqual(["label-add", "label-remove", "note"]);
    const asking = CONDITION_KINDS.filter((kind) => isWholeCondition(newCondition(kind)));
    expect(asking).toEqual(["flagged", "office_open", "waited", "rating"]);
  });

  it("says rules in words, also what is no more", () => {
    const steps = [newStep("flag"), { do: "label" as const, add: ["l1", "gone"], remove: [] }];
    expect(stepsText(steps, NAMES)).toBe("flag it · add Invoice, (does not exist any more)");
    expect(triggerText("waited", 5)).toBe("the customer has waited for 5 minutes");
    expect(triggerText("newer_than_this_page", 0)).toBe("something happens");
    const asked = { what: "assignee" as const, values: ["nobody", "t1"], negated: false };
    expect(conditionText(askedOf(asked), NAMES)).toBe("nobody or Greta has it");
    const text = { what: "text" as const, values: ["bill"], negated: true };
    expect(conditionText(askedOf(text), NAMES)).toBe("the problem does not contain “bill”");
  });
});

describe("macros", () => {
  it("end no live chat along with others", () => {
    const live = sampleCase({ id: "c1", live: true });
    expect(endsNoChat(live, actOfMacro(macro({ do: "flag", flagged: true })))).toBe(true);
    expect(endsNoChat(live, actOfMacro(macro({ do: "resolve" })))).toBe(false);
    expect(endsNoChat({ ...live, live: false }, actOfMacro(macro({ do: "resolve" })))).toBe(true);
  });

  it("are each press an application of its own", () => {
    const [one, two] = [actOfMacro(macro()), actOfMacro(macro())];
    expect(one).not.toEqual(two);
  });

  it("are judged before they are sent", () => {
    const form = { name: " ", shared: false, actions: [newStep("note")] };
    expect(Object.keys(checkMacro(form))).toEqual(["name", "actions"]);
    expect(checkMacro({ ...form, name: "x", actions: [newStep("flag")] })).toEqual({});
  });
});

describe("rules", () => {
  it("are sent with minutes where the clock sets them off, and only there", () => {
    const form = { ...formOf(null), name: "x", minutes: 30 };
    expect(bodyOf(form).minutes).toBe(0);
    expect(bodyOf({ ...form, trigger: "waited" }).minutes).toBe(30);
    expect(Object.keys(checkRule({ ...form, trigger: "waited", minutes: 0 }))).toContain("minutes");
  });

  it("say once on the timeline what they did, or why they could not", () => {
    const entry = {
      id: "e",
      version: 3,
      type: "case.ruled",
      time: "2026-11-26T10:00:00Z",
      by: "system" as const,
      via: "rule",
      person: null,
      after_seq: 0,
      state: "unassigned" as const,
      assignee: null,
      snoozed_until: null,
      tells: { did: [{ action: "label" }, { action: "flag" }], code: "" },
      people: [],
      note: "",
      mail: null,
      changes: [],
      through: { kind: "rule", id: "r", name: "Invoices" },
    };
    const labels = new Labels({ labels: () => Promise.resolve([]) });
    expect(happeningText(entry, "me", labels)).toBe("Rule Invoices: labelled, flag changed");
    const not = { ...entry, tells: { ...entry.tells, code: "case_moved_on" } };
    expect(happeningText(not, "me", labels)).toContain("could not do anything. The state");
    expect(standsBetween(entry, true)).toBe(true);
    expect(standsBetween({ ...entry, type: "case.labelled" }, true)).toBe(false);
    expect(standsBetween({ ...entry, type: "case.noted" }, true)).toBe(true);
  });
});

describe("a trial", () => {
  const part = (change: Partial<TrialView>): TrialView => ({
    cases: [],
    touched: 0,
    actions: {},
    refused: 0,
    looked_at: 0,
    next: null,
    progress: 1,
    cut: false,
    ...change,
  });
  const rule = bodyOf({ ...formOf(null), name: "x" });

  it("adds its parts up until the last one", async () => {
    const parts = [
      part({ touched: 2, actions: { flag: 2 }, looked_at: 10, next: "a", progress: 0.5 }),
      part({ touched: 1, actions: { flag: 1, label: 1 }, looked_at: 15, refused: 1 }),
    ];
    const asked: (string | null)[] = [];
    const trial = new Trial({
      tryRule: (_: RuleBody, after) => {
        asked.push(after);
        return Promise.resolve(parts.shift() ?? part({}));
      },
    });
    await trial.run(rule);
    expect(asked).toEqual([null, "a"]);
    expect(trial.sum.value).toMatchObject({
      touched: 3,
      refused: 1,
      looked_at: 15,
      actions: { flag: 3, label: 1 },
    });
    expect(trial.busy.value).toBe(false);
  });

  it("asks no more once it was stopped, and keeps what it has found", async () => {
    let asked = 0;
    const trial: Trial = new Trial({
      tryRule: () => {
        asked++;
        if (asked === 2) trial.stop();
        return Promise.resolve(part({ touched: 1, looked_at: asked, next: "more" }));
      },
    });
    await trial.run(rule);
    expect(asked).toBe(2);
    expect(trial.sum.value?.touched).toBe(1);
    expect(trial.busy.value).toBe(false);
  });

  it("says why it could not go on", async () => {
    const trial = new Trial({ tryRule: () => Promise.reject(new Error("away")) });
    await trial.run(rule);
    expect(trial.failure.value).toBeInstanceOf(Error);
  });
});
