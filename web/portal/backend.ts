/** The REST calls of a customer. */
import { request } from "../shared/api";
import type {
  AdmissionRequest,
  Admitted,
  DeviceHints,
  PortalShown,
} from "../shared/generated/rest";
import { locale } from "../shared/i18n";
import { type AccessToken, TokenSource } from "../shared/token";

export type { Admitted as Admission, PortalShown as Portal } from "../shared/generated/rest";
export type View = PortalShown["view"];

export type Visitor = Pick<AdmissionRequest, "first_name" | "last_name" | "email">;

/** Made once by this browser, so that a repeated request is the same request. */
export type AdmissionKey = Pick<AdmissionRequest, "admission_id" | "secret">;

/** What opens a conversation again after a reload. */
export interface Visit {
  conversation_id: string;
  secret: string;
  first_name: string;
}

export function getPortal(subdomain: string): Promise<PortalShown> {
  return request(`/portal/portals/${encodeURIComponent(subdomain)}`);
}

export function admit(subdomain: string, key: AdmissionKey, visitor: Visitor): Promise<Admitted> {
  const body: AdmissionRequest = { ...key, ...visitor, locale: locale.value, device: device() };
  return request(`/portal/portals/${encodeURIComponent(subdomain)}/admissions`, {
    method: "POST",
    body,
    idempotent: true,
  });
}

/** Turns the admission's ticket into a conversation; again with the same ticket it is the same one. */
export async function redeem(admission: Admitted, secret: string): Promise<void> {
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

function device(): DeviceHints {
  return {
    user_agent: navigator.userAgent,
    language: navigator.language,
    time_zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    screen: `${screen.width}x${screen.height}`,
  };
}
