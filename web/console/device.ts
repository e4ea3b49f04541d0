/** What a browser said of itself, in words that a person understands. */
import Bowser from "bowser";
import type { DeviceView } from "../shared/generated/rest";

/** A fact of the device: the message that names it, and what is known. */
export type Fact = readonly [name: string, value: string];

/** The facts that are known; the browser's own words come last, for whoever needs them. */
export function factsOf(device: DeviceView, locale: string): readonly Fact[] {
  const { browser, os, platform } = device.user_agent
    ? Bowser.parse(device.user_agent)
    : { browser: {}, os: {}, platform: {} };
  const facts: Fact[] = [
    ["browser", named(browser.name, browser.version)],
    ["system", named(os.name, os.versionName ?? os.version)],
    ["kind", platform.type ?? ""],
    ["page", device.page],
    ["language", languageOf(device.language, locale)],
    ["time-zone", device.time_zone],
    ["screen", device.screen],
    ["user-agent", device.user_agent],
  ];
  return facts.filter(([, value]) => value !== "");
}

function named(name = "", version = ""): string {
  return name && version ? `${name} ${version}` : name;
}

function languageOf(tag: string, locale: string): string {
  try {
    const name = tag && new Intl.DisplayNames(locale, { type: "language" }).of(tag);
    return name && name !== tag ? `${name} (${tag})` : tag;
  } catch {
    // It is free text from outside.
    return tag;
  }
}
