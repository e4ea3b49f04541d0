import "../shared/tokens.css";
import "../shared/base.css";
import "../shared/components/components.css";
import "./portal.css";
import "./panel.css";
import { render } from "preact";
import { startLocale } from "../shared/i18n";
import { App } from "./App";
import { PortalPage } from "./page";
import { texts } from "./texts";
import { followKeyboard } from "./viewport";

async function start(): Promise<void> {
  followKeyboard();
  const page = new PortalPage(location.pathname.split("/")[2] ?? "");
  // The portal and the texts are asked for side by side.
  const shown = page.start();
  await startLocale(texts);
  const root = document.getElementById("app");
  if (root) render(<App page={page} />, root);
  await shown;
}

void start();
