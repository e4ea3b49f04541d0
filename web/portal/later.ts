/** The parts of the page that come later: each as the function that loads it, with the texts that it needs. */
import { addTexts, type Catalogs } from "../shared/i18n";

const texts = import.meta.glob("../shared/locales/*.ftl", {
  query: "?parts=portal-later",
  import: "default",
}) as Catalogs;

export const chatPage = () => import("./ChatPage");

/** What is needed when something is over or left. */
async function afterwards() {
  const [parts] = await Promise.all([import("./afterwards"), addTexts(texts)]);
  return parts;
}

export const chatOver = async () => ({ default: (await afterwards()).ChatOver });
export const requestSent = async () => ({ default: (await afterwards()).RequestSent });
export const leaveForm = async () => ({ default: (await afterwards()).LeaveForm });
