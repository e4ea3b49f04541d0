/** The account's API keys as the mock has them. */
import type { ApiKeyShown, NewApiKey } from "../../shared/generated/rest";
import { COMPANY } from "./cases.ts";
import { type Call, type Reply, type Route, refuse } from "./http.ts";

const PLAIN: ApiKeyShown = {
  id: "k1",
  name: "Billing",
  hint: "dbk_w1cZ",
  scopes: ["cases:read", "cases:write", "conversations:read"],
  companies: [COMPANY],
  all_companies: false,
  rate_per_minute: 120,
  created_at: "2026-01-05T09:00:00Z",
  created_by: "t1",
  expires_at: null,
  revoked_at: null,
  last_used_at: null,
  last_used_from: "",
  uses: 0,
};
const keys: ApiKeyShown[] = [
  {
    ...PLAIN,
    id: "k2",
    name: "Retention of customer data",
    scopes: ["audit:read", "administer"],
    companies: [],
    all_companies: true,
    last_used_at: "2026-01-06T11:00:00Z",
    last_used_from: "192.0.2.14",
    uses: 1204,
  },
  PLAIN,
  { ...PLAIN, id: "k3", name: "Old sync", revoked_at: "2026-01-06T09:00:00Z" },
];

export const apiKeyRoutes: Route[] = [
  { method: "GET", path: /^\/portal\/api-keys$/, answer: () => ({ body: { keys } }) },
  { method: "POST", path: /^\/portal\/api-keys$/, answer: add },
  { method: "POST", path: /^\/portal\/api-keys\/([^/]+)\/revoke$/, answer: revoke },
];

function add({ body }: Call): Reply {
  const wanted = body as unknown as NewApiKey;
  const key = { ...PLAIN, ...wanted, id: `k${keys.length + 1}` } as ApiKeyShown;
  keys.unshift({ ...key, created_at: new Date().toISOString() });
  return {
    status: 201,
    body: { key, secret: "dbk_w1cZ9lq3vXo6T0mJk2bPz8Yh4RfN7sGdEuAaBxCyQtU" },
  };
}

function revoke({ params }: Call): Reply {
  const found = keys.find(({ id }) => id === params[0]);
  if (!found) return refuse(404, "not_found");
  found.revoked_at = new Date().toISOString();
  return { body: found };
}
