/** The REST calls of a customer. */
import { request } from "../shared/api";
import type {
  AdmissionRequest,
  Admitted,
  CaseNumber,
  CustomerCase,
  DeviceHints,
  PortalShown,
  StopWaiting,
  SurveyAnswer,
} from "../shared/generated/rest";
import { locale } from "../shared/i18n";
import { type AccessToken, TokenSource } from "../shared/token";

export type {
  Admitted as Admission,
  CustomerCase,
  PortalShown as Portal,
} from "../shared/generated/rest";
export type View = PortalShown["view"];
export type AdmissionKind = NonNullable<AdmissionRequest["kind"]>;

export type Visitor = Required<Pick<AdmissionRequest, "first_name" | "last_name" | "email">>;

/** Made once by this browser, so that a repeated request is the same request. */
export type AdmissionKey = Pick<AdmissionRequest, "admission_id" | "secret">;

/** What opens a conversation, or the case of a request, again after a reload. */
export interface Visit {
  conversation_id: string;
  secret: string;
  first_name: string;
  /** Empty where the customer gave none. */
  email: string;
  /** The number of the case where it is a request from the form, which never was a chat. */
  requested: number | null;
}

export function getPortal(subdomain: string): Promise<PortalShown> {
  return request(`/portal/portals/${encodeURIComponent(subdomain)}`);
}

export function admit(
  subdomain: string,
  kind: AdmissionKind,
  key: AdmissionKey,
  { first_name, last_name, email }: Visitor,
): Promise<Admitted> {
  const visitor = { first_name, last_name, email };
  const hints = { locale: locale.value, device: device() };
  const body: AdmissionRequest = { kind, ...key, ...visitor, ...hints };
  return request(`/portal/portals/${encodeURIComponent(subdomain)}/admissions`, {
    method: "POST",
    body,
    idempotent: true,
  });
}

/** Turns the admission's ticket into a conversation; again with the same ticket it is the same one. */
export async function redeem(admission: Admitted, secret: string): Promise<void> {
  const { ticket } = admission;
  await post("/chat/conversations", { ticket, secret }, tokensAfter(admission, secret));
}

/** Turns the admission's ticket into a request; again with the same ticket it is the same one. */
export function submitRequest(
  admission: Admitted,
  secret: string,
  question: string,
): Promise<CaseNumber> {
  const { ticket } = admission;
  return post("/cases/requests", { ticket, secret, question }, tokensAfter(admission, secret));
}

export async function endConversation(
  id: string,
  clientId: string,
  token: TokenSource,
): Promise<void> {
  await post(`/chat/conversations/${id}/end`, { client_id: clientId }, token);
}

/** The customer's answer to the bot; again with the same `clientId` it is the same answer. */
export async function giveContact(
  id: string,
  clientId: string,
  email: string,
  token: TokenSource,
): Promise<void> {
  await post(`/chat/conversations/${id}/contact`, { client_id: clientId, email }, token);
}

/** Leaves a question instead of waiting on; the same question again is the same press. */
export function stopWaiting(id: string, left: StopWaiting, token: TokenSource) {
  return post<CaseNumber>(`/cases/cases/${id}/request`, left, token);
}

export function ownCase(id: string, token: TokenSource): Promise<CustomerCase> {
  return request(`/cases/customer/${id}`, { token });
}

export function answerSurvey(id: string, answer: SurveyAnswer, token: TokenSource) {
  return post<CustomerCase>(`/cases/cases/${id}/survey`, answer, token);
}

export function tokensOf(
  { conversation_id, secret }: Pick<Visit, "conversation_id" | "secret">,
  first: AccessToken | null = null,
): TokenSource {
  const renew = () =>
    request<AccessToken>("/portal/customer/token", {
      method: "POST",
      body: { conversation_id, secret },
      idempotent: true,
    });
  return new TokenSource(renew, first);
}

/** All of these may be repeated: the server knows each of them again. */
function post<T>(path: string, body: unknown, token: TokenSource): Promise<T> {
  return request(path, { method: "POST", body, token, idempotent: true });
}

function tokensAfter(admission: Admitted, secret: string): TokenSource {
  const { conversation_id } = admission;
  return tokensOf({ conversation_id, secret }, admission);
}

/** Without what stands behind the path, which may hold somebody's secrets. */
export function pageOf(address: string): string {
  const url = URL.canParse(address) ? new URL(address) : null;
  return url ? url.origin + url.pathname : "";
}

function device(): DeviceHints {
  return {
    user_agent: navigator.userAgent,
    language: navigator.language,
    time_zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    screen: `${screen.width}x${screen.height}`,
    page: pageOf(window === window.top ? location.href : document.referrer),
  };
}
