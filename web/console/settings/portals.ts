/** The customer portals of the account, for administrators: the REST calls, and the check of a name while it is typed. */
import { signal } from "@preact/signals";
import { ApiError, errorText, request } from "../../shared/api";
import type { CompanyPortalList, FreeSubdomain, OneCompany } from "../../shared/generated/rest";
import type { TokenSource } from "../../shared/token";
import type { Problems } from "./draft";

/** The choice of a company that is made together with its portal. */
export const NEW = "new";
const CHECK_AFTER_MS = 300;

export interface PortalTyped {
  company: string;
  company_name: string;
  subdomain: string;
  state: "active" | "inactive";
  /** Where it takes mail beside the address of its subdomain; empty for nowhere. */
  mail_address: string;
}

export class Portals {
  /** Null until they were read. */
  readonly list = signal<CompanyPortalList | null>(null);
  readonly failure = signal<unknown>(null);

  constructor(private readonly token: TokenSource) {}

  async read(): Promise<void> {
    try {
      const options = { token: this.token };
      this.list.value = await request<CompanyPortalList>("/portal/company-portals", options);
      this.failure.value = null;
    } catch (error) {
      this.failure.value = error;
    }
  }

  async add({ company, company_name, ...portal }: PortalTyped): Promise<void> {
    const whose = company === NEW ? { company_name } : { company_id: company };
    await this.send("POST", "", { ...portal, ...whose });
  }

  async change(id: string, { subdomain, state, mail_address }: PortalTyped): Promise<void> {
    await this.send("PUT", `/${id}`, { subdomain, state, mail_address });
  }

  check(subdomain: string, portal: string | null): Promise<FreeSubdomain> {
    const query = portal === null ? "" : `?portal=${portal}`;
    const path = `/portal/subdomains/${encodeURIComponent(subdomain)}${query}`;
    return request<FreeSubdomain>(path, { token: this.token });
  }

  private async send(method: "POST" | "PUT", path: string, body: object): Promise<void> {
    const options = { method, body, token: this.token };
    const made = await request<OneCompany>(`/portal/company-portals${path}`, options);
    const list = this.list.peek();
    if (!list) return;
    const others = list.companies.filter(({ id }) => id !== made.id);
    const companies = [...others, made].toSorted((a, b) => a.name.localeCompare(b.name));
    this.list.value = { ...list, companies };
  }
}

/** Whether a name can be had: asked a moment after the last key, and the last question's answer alone counts. */
export class NameCheck {
  /** The address that the name makes, once it can be had. */
  readonly url = signal<string | null>(null);
  /** What is wrong with it, in the viewer's language. */
  readonly error = signal<string | undefined>(undefined);
  private timer: ReturnType<typeof setTimeout> | undefined;
  private question = 0;

  constructor(private readonly ask: (name: string) => Promise<FreeSubdomain>) {}

  typed(name: string): void {
    clearTimeout(this.timer);
    this.question++;
    this.url.value = null;
    this.error.value = undefined;
    if (name.trim() !== "")
      this.timer = setTimeout(() => void this.look(name.trim()), CHECK_AFTER_MS);
  }

  private async look(name: string): Promise<void> {
    const question = this.question;
    try {
      const { url } = await this.ask(name);
      if (question === this.question) this.url.value = url;
    } catch (error) {
      // That it could not be asked is no fault of the name: saving says it again.
      if (question !== this.question || !(error instanceof ApiError) || error.retry) return;
      this.error.value = errorText(error.code, error.params);
    }
  }
}

export function check(values: PortalTyped): Problems<PortalTyped> {
  const problems: Problems<PortalTyped> = {};
  const required = { code: "required", params: {} };
  if (values.company === NEW && values.company_name.trim() === "") problems.company_name = required;
  if (values.subdomain.trim() === "") problems.subdomain = required;
  return problems;
}
