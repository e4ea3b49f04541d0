import { beforeEach, describe, expect, it } from "vitest";
import type { TimelineEntry } from "../../shared/generated/rest";
import { sampleCase } from "../cases/sample";
import { fateOf, MailForm, mailFormOf, type Problem, subjectOf, type Written } from "./mail";

const LOST: Problem = { text: "No connection", code: "network" };
const done = () => Promise.resolve(null);

describe("the subject of a mail", () => {
  it("names the case by its title, else by what the customer wrote, and its number", () => {
    const item = sampleCase({ id: "a", preview: "The export\n stops" });
    expect(subjectOf(item)).toBe("Re: The export stops [#1042]");
    expect(subjectOf({ ...item, title: "Export" })).toBe("Re: Export [#1042]");
    expect(subjectOf({ ...item, preview: "" })).toBe("Re: [#1042]");
  });

  it("is short, and breaks no letter apart", () => {
    const subject = subjectOf(sampleCase({ id: "a", title: "🚲".repeat(100) }));
    expect(subject).toBe(`Re: ${"🚲".repeat(79)}… [#1042]`);
  });
});

describe("the form of a mail", () => {
  beforeEach(() => localStorage.clear());

  it("is there again after a reload, and the same mail when it is sent once more", async () => {
    const sent: Written[] = [];
    const form = new MailForm("a", "Re: [#1]");
    form.write({ text: "It shines again" });
    await form.send((mail) => {
      sent.push(mail);
      return Promise.resolve(LOST);
    });
    const reloaded = new MailForm("a", "Re: [#1]");
    expect(reloaded.text.value).toBe("It shines again");
    await reloaded.send((mail) => {
      sent.push(mail);
      return Promise.resolve(null);
    });
    expect(sent[1]).toEqual(sent[0]);
  });

  it("keeps what could not be sent, with what went wrong", async () => {
    const form = new MailForm("a", "Re: [#1]");
    form.write({ text: "Hello" });
    expect(await form.send(() => Promise.resolve(LOST))).toBe(false);
    expect([form.text.value, form.problem.value, form.busy.value]).toEqual(["Hello", LOST, false]);
  });

  it("is empty once the desk has the mail, and what follows is another one", async () => {
    const ids: string[] = [];
    const form = new MailForm("a", "Re: [#1]");
    for (const text of ["One", "Two"]) {
      form.write({ subject: text, text });
      await form.send(({ client_id }) => {
        ids.push(client_id);
        return Promise.resolve(null);
      });
    }
    expect(new Set(ids).size).toBe(2);
    expect([form.subject.value, form.text.value]).toEqual(["Re: [#1]", ""]);
    expect(new MailForm("a", "Re: [#1]").text.value).toBe("");
  });

  it("becomes another mail when an answer was lost and it was changed since", async () => {
    const ids: string[] = [];
    const form = new MailForm("a", "Re: [#1]");
    form.write({ text: "Changed" });
    for (const code of ["mail_was_sent", "network"])
      await form.send(({ client_id }) => {
        ids.push(client_id);
        return Promise.resolve({ text: "", code });
      });
    expect(ids[0]).not.toBe(ids[1]);
  });

  it("is handed over once by a double press, and never blank", async () => {
    let times = 0;
    const form = new MailForm("a", "Re: [#1]");
    const hand = () => {
      times += 1;
      return done();
    };
    expect(await form.send(hand)).toBe(false);
    form.write({ text: "Hello" });
    await Promise.all([form.send(hand), form.send(hand)]);
    expect(times).toBe(1);
  });

  it("is ready again when the hand over failed badly", async () => {
    const form = new MailForm("a", "Re: [#1]");
    form.write({ text: "Hello" });
    await expect(form.send(() => Promise.reject(new Error("bug")))).rejects.toThrow("bug");
    expect([form.busy.value, form.text.value]).toEqual([false, "Hello"]);
  });

  it("follows the name of the case while nobody has touched its subject", () => {
    const form = new MailForm("a", "Re: [#1]");
    form.offer("Re: Lamp [#1]");
    expect(form.subject.value).toBe("Re: Lamp [#1]");
    form.write({ subject: "Mine" });
    form.offer("Re: Dark lamp [#1]");
    expect(form.subject.value).toBe("Mine");
  });

  it("is one for each case and each technician", () => {
    const item = sampleCase({ id: "a" });
    expect(mailFormOf("tina", item)).toBe(mailFormOf("tina", item));
    expect(mailFormOf("tina", item)).not.toBe(mailFormOf("otto", item));
  });
});

describe("what became of a mail", () => {
  const news = (mail_id: string, state: string) =>
    ({
      type: "case.follow_up_changed",
      tells: { mail_id, state, reason: "550" },
    }) as unknown as TimelineEntry;

  it("is the last that was told of it until then", () => {
    const entries = [news("m", "waiting"), news("other", "failed"), news("m", "accepted")];
    expect(fateOf(entries, "m").state).toBe("accepted");
    expect(fateOf(entries.slice(0, 2), "m")).toEqual({ state: "waiting", reason: "550" });
    expect(fateOf([], "m")).toEqual({ state: "requested", reason: "" });
  });

  it("is no more than on its way where the word for it is newer than this page", () => {
    expect(fateOf([news("m", "read_aloud")], "m").state).toBe("requested");
  });
});
