import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { Case, ListName } from "../model";
import { cleaned, type Filter, fits } from "./filter";
import { sampleCase } from "./sample";
import { compareKeys, type Direction, keyOf, SORTS, type SortName } from "./sorting";

interface Told {
  id: string;
  type: Case["type"];
  state: Case["state"];
  number: number;
  assignee: string | null;
  portal: string;
  first_name: string;
  last_name: string;
  email: string;
  title: string;
  problem: string;
  labels: string[];
  flagged: boolean;
  priority: Case["priority"];
  spam: boolean;
  followed_up: boolean;
  created_at: string;
  updated_at: string;
  customer_at: string | null;
  requested_at: string | null;
  waiting_since: string | null;
  sla_due_at: string | null;
}

interface Table {
  me: string;
  cases: Record<string, Partial<Told>>;
  fits: { list: ListName; filter: Filter; cases: string[] }[];
  orders: { sort: SortName; direction: Direction; cases: string[] }[];
}

/** The very table that the service is held against. */
const table = JSON.parse(readFileSync("../services/cases/tests/filters.json", "utf8")) as Table;

function caseOf(name: string): Case {
  const told = { ...table.cases.waiting, ...table.cases[name] } as Told;
  const { assignee, portal, first_name, last_name, email, problem, sla_due_at, ...same } = told;
  return sampleCase({
    ...same,
    assignee: assignee === null ? null : { id: assignee, name: "" },
    portal: { id: portal, address: "" },
    customer: { first_name, last_name, email },
    problem: [{ text: problem, time: same.created_at }],
    sla:
      sla_due_at === null
        ? null
        : { due_at: sla_due_at, kind: "", warned_at: null, breached_at: null, clocks: [] },
  });
}

const names = Object.keys(table.cases);

describe("a filter, as the service has it", () => {
  it.each(table.fits)("$list $filter", ({ list, filter, cases }) => {
    expect(names.filter((name) => fits(caseOf(name), list, filter, table.me))).toEqual(cases);
  });
});

describe("an order, as the service has it", () => {
  it.each(table.orders)("$sort $direction", ({ sort, direction, cases }) => {
    const key = (name: string) => keyOf(caseOf(name), sort);
    const listed = names.filter((name) => !caseOf(name).spam);
    expect(listed.sort((a, b) => compareKeys(key(a), key(b), direction))).toEqual(cases);
  });

  it("is told by the table for each", () => {
    expect(new Set(table.orders.map(({ sort }) => sort))).toEqual(new Set(SORTS));
  });

  it("puts what fits best first", () => {
    const key = (name: string) => keyOf(caseOf(name), "relevance", "invoice");
    expect(key("mine") > key("waiting")).toBe(true);
  });
});

describe("cleaned", () => {
  it("leaves out what says nothing", () => {
    const told = { category: null, state: [], spam: false, flagged: false, q: "", label: ["x"] };
    expect(cleaned(told)).toEqual({ flagged: false, label: ["x"] });
  });
});
