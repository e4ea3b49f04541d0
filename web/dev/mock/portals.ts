/** The account's portals as the mock has them; "demo", "admin" and names of two letters cannot be had. */
import type { OneCompany } from "../../shared/generated/rest";
import { COMPANY, PORTAL } from "./cases.ts";
import { type Call, type Reply, type Route, refuse } from "./http.ts";

const BASE = "http://127.0.0.1:8080/p/";
const companies: OneCompany[] = [
  { id: COMPANY, name: "Northwind Cycles", portal: portalOf(PORTAL.id, "demo", "active") },
  { id: "c2", name: "Contoso Fahrradwerkstätten", portal: portalOf("p2", "contoso", "inactive") },
  { id: "c3", name: "Fabrikam", portal: null },
];

export const companyPortalRoutes: Route[] = [
  { method: "GET", path: /^\/portal\/company-portals$/, answer: list },
  { method: "POST", path: /^\/portal\/company-portals$/, answer: add },
  { method: "PUT", path: /^\/portal\/company-portals\/([^/]+)$/, answer: change },
  { method: "GET", path: /^\/portal\/subdomains\/([^/]+)$/, answer: checkName },
];

function portalOf(id: string, subdomain: string, state: "active" | "inactive") {
  return {
    id,
    subdomain,
    address: `127.0.0.1:8080/p/${subdomain}`,
    url: BASE + subdomain,
    state,
    mail_address: "",
    mail_by_name: `${subdomain}@deskbus.example`,
  };
}

function list(): Reply {
  return { body: { base: BASE, companies } };
}

function add({ body }: Call): Reply {
  const portal = portalOf(`p${companies.length}`, String(body.subdomain), "active");
  const known = companies.find(({ id }) => id === body.company_id);
  const made = known ?? { id: `c${companies.length}`, name: String(body.company_name), portal };
  made.portal = portal;
  if (!known) companies.push(made);
  return { status: 201, body: made };
}

function change({ params, body }: Call): Reply {
  const found = companies.find(({ portal }) => portal?.id === params[0]);
  if (!found?.portal) return refuse(404, "own_portal_unknown");
  const state = body.state === "inactive" ? "inactive" : "active";
  found.portal = portalOf(found.portal.id, String(body.subdomain), state);
  found.portal.mail_address = String(body.mail_address);
  return { body: found };
}

function checkName({ params }: Call): Reply {
  const subdomain = String(params[0]);
  const about = { params: { subdomain } };
  if (subdomain.length < 3) return refuse(422, "subdomain_invalid", about);
  if (subdomain === "admin") return refuse(409, "subdomain_reserved", about);
  if (subdomain === "demo") return refuse(409, "subdomain_taken", about);
  return { body: { subdomain, url: BASE + subdomain } };
}
