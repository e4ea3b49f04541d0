import { describe, expect, it } from "vitest";
import { Macros } from "./automation/macros";
import { Kept } from "./kept";
import { Labels } from "./labels";

const label = (title: string) => ({ id: title, title, colour: "red" as const, retired: false });
const settled = () => new Promise((done) => setTimeout(done));

describe("what the menus are made of", () => {
  it("is read again when it changed elsewhere, or when that may have been missed", async () => {
    const titles = ["Invoice"];
    let asked = 0;
    const labels = new Labels({ labels: () => Promise.resolve(titles.map(label)) });
    const macros = new Macros({ macros: () => Promise.resolve([]).finally(() => asked++) });
    const kept = new Kept();
    const leave = kept.keepFresh({ label: labels, macro: macros });
    // Before they were read, nobody says that there are none.
    expect(labels.known.value).toBe(false);
    kept.tell("label", "Invoice");
    await settled();
    expect(labels.usable.value.map(({ title }) => title)).toEqual(["Invoice"]);
    expect(labels.known.value).toBe(true);
    expect(asked).toBe(0);
    titles.push("Parcel");
    kept.missed();
    await settled();
    expect(labels.usable.value).toHaveLength(2);
    expect(asked).toBe(1);
    leave();
    titles.push("Refund");
    kept.tell("label", "Refund");
    await settled();
    expect(labels.usable.value).toHaveLength(2);
  });

  it("is not put back by an answer that was overtaken", async () => {
    const answers: ((titles: string[]) => void)[] = [];
    const labels = new Labels({
      labels: () => new Promise((done) => answers.push((titles) => done(titles.map(label)))),
    });
    void labels.load();
    void labels.load();
    answers[1]?.(["new"]);
    await settled();
    answers[0]?.(["old"]);
    await settled();
    expect(labels.all.value.map(({ title }) => title)).toEqual(["new"]);
  });
});
