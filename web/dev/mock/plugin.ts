/** The mock backend as a plugin of the dev server; it is in no build. */
import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import type { Connect, Plugin } from "vite";
import { WebSocketServer } from "ws";
import { apiKeyRoutes } from "./apiKeys.ts";
import { assignmentRoutes } from "./assignment.ts";
import { auditRoutes } from "./audit.ts";
import { automationRoutes } from "./automation.ts";
import { churnRoutes } from "./churn.ts";
import { consoleRoutes } from "./console.ts";
import { contactRoutes } from "./contacts.ts";
import { erasureRoutes } from "./erasures.ts";
import { companyPortalRoutes } from "./portals.ts";
import { type Route, serve } from "./http.ts";
import { inboxRoutes } from "./inbox.ts";
import { linkRoutes } from "./links.ts";
import { mailRoutes } from "./mails.ts";
import { operationsRoutes } from "./operations.ts";
import { portalRoutes } from "./portal.ts";
import { relationRoutes } from "./relations.ts";
import { requestRoutes } from "./requests.ts";
import { serviceLevelRoutes } from "./serviceLevels.ts";
import { snoozingRoutes } from "./snoozing.ts";
import { accept } from "./socket.ts";
import { trialRoutes } from "./trials.ts";

export const routes: Route[] = [
  ...portalRoutes,
  ...apiKeyRoutes,
  ...auditRoutes,
  ...automationRoutes,
  ...consoleRoutes,
  ...assignmentRoutes,
  ...companyPortalRoutes,
  ...contactRoutes,
  ...erasureRoutes,
  ...relationRoutes,
  ...operationsRoutes,
  ...inboxRoutes,
  ...mailRoutes,
  ...requestRoutes,
  ...linkRoutes,
  ...serviceLevelRoutes,
  ...snoozingRoutes,
  ...trialRoutes,
  ...churnRoutes,
];

export function mockBackend(): Plugin {
  return {
    name: "deskbus-mock",
    configureServer: answerAt,
    // What is built, with the same backend: `vite preview --config dev/vite.config.ts`.
    configurePreviewServer: answerAt,
  };
}

interface Serving {
  middlewares: Connect.Server;
  httpServer: { on: (event: "upgrade", heard: Upgrade) => unknown } | null;
}
type Upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer) => void;

function answerAt(server: Serving): void {
  server.middlewares.use((request, response, next) => {
    if (request.url?.startsWith("/api/")) void serve(routes, request, response);
    else next();
  });
  const sockets = new WebSocketServer({ noServer: true });
  sockets.on("connection", accept);
  server.httpServer?.on("upgrade", (request, socket, head) => {
    if (request.url !== "/ws") return;
    sockets.handleUpgrade(request, socket, head, (made) => sockets.emit("connection", made));
  });
}
