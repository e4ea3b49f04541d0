import "../shared/tokens.css";
import "../shared/base.css";
import "../shared/components/components.css";
import "./portal.css";
import "./chat.css";
import "./notes.css";
import { render } from "preact";
import { startLocale } from "../shared/i18n";
import { App } from "./App";
import { PortalPage } from "./page";
import { followKeyboard } from "./viewport";

followKeyboard();
await startLocale();
const subdomain = location.pathname.split("/")[2] ?? "";
const page = new PortalPage(subdomain);
const root = document.getElementById("app");
if (root) render(<App page={page} />, root);
await page.start();
