/** The REST calls of a customer. */
import { request } from "../shared/api";
import { locale } from "../shared/i18n";
import { type AccessToken, TokenSource } from "../shared/token";

export type View = "chat" | "request" | "unavailable";

export interface Portal {
  portal_id: string;
  subdomain: string;
  address: string;
  company_name: string;
  state: "active" | "inactive";
  view: View;
}

export interface Visitor {
  first_name: string;
  last_name: string;
  email: string;
}

/** Made once by this browser, so that a repeated request is the same request. */
export interface AdmissionKey {
  admission_id: string;
  secret: string;
}

/** What opens a conversation again after a reload. */
export interface Visit {
  conversation_id: string;
  secret: string;
  first_name: string;
}

export interface Admission extends AccessToken {
  conversation_id: string;
  ticket: string;
}

export function getPortal(subdomain: string): Promise<Portal> {
  return request(`/portal/portals/${encodeURIComponent(subdomain)}`);
}

export function admit(subdomain: string, key: AdmissionKey, visitor: Visitor): Promise<Admission> {
  return request(`/portal/portals/${encodeURIComponent(subdomain)}/admissions`, {
    method: "POST",
    body: { ...key, ...visitor, locale: locale.value, device: device() },
    idempotent: true,
  });
}

/** Turns the admission's ticket into a conversation; again with the same ticket it is the same one. */
export async function redeem(admission: Admission, secret: string): Promise<void> {
  await request("/chat/conversations", {
    method: "POST",
    body: { ticket: admission.ticket, secret },
    token: tokensOf({ conversation_id: admission.conversation_id, secret }, admission),
    idempotent: true,
  });
}

export async function endConversation(
  id: string,
  clientId: string,
  token: TokenSource,
): Promise<void> {
  const body = { client_id: clientId };
  await request(`/chat/conversations/${id}/end`, { method: "POST", body, token, idempotent: true });
}

export function tokensOf(
  visit: Omit<Visit, "first_name">,
  first: AccessToken | null = null,
): TokenSource {
  const { conversation_id, secret } = visit;
  const renew = () =>
    request<AccessToken>("/portal/customer/token", {
      method: "POST",
      body: { conversation_id, secret },
      idempotent: true,
    });
  return new TokenSource(renew, first);
}

function device() {
  return {
    user_agent: navigator.userAgent,
    language: navigator.language,
    time_zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    screen: `${screen.width}x${screen.height}`,
  };
}
