import "../shared/tokens.css";
import "../shared/base.css";
import "../shared/components/components.css";
import "../portal/portal.css";
import "../portal/panel.css";
import "./status.css";
import { render } from "preact";
import { startLocale } from "../shared/i18n";
import { App } from "./App";
import { LinkedRequest } from "./linked";
import { texts } from "./texts";

await startLocale(texts);
const linked = new LinkedRequest(location.hash.slice(1));
// Another link in the same tab changes nothing but the fragment.
addEventListener("hashchange", () => location.reload());
const root = document.getElementById("app");
if (root) render(<App linked={linked} />, root);
await linked.start();
