/** The REST calls of macros and rules. */
import { request } from "../../shared/api";
import type {
  MacroList,
  MacroView,
  NewMacro,
  RuleBody,
  RuleChoices,
  RuleList,
  RuleView,
  TrialView,
} from "../../shared/generated/rest";
import type { TokenSource } from "../../shared/token";

export class Automation {
  constructor(private readonly token: TokenSource) {}

  /** The shared ones, and one's own. */
  async macros(): Promise<readonly MacroView[]> {
    const { macros } = await request<MacroList>("/cases/macros", { token: this.token });
    return macros;
  }

  saveMacro(id: string | null, macro: NewMacro): Promise<MacroView> {
    return this.save("/cases/macros", id, macro);
  }

  removeMacro(id: string): Promise<unknown> {
    return this.remove(`/cases/macros/${id}`);
  }

  async rules(): Promise<readonly RuleView[]> {
    const { rules } = await request<RuleList>("/cases/rules", { token: this.token });
    return rules;
  }

  /** The portals and technicians that a rule can name. */
  choices(): Promise<RuleChoices> {
    return request("/cases/rules/choices", { token: this.token });
  }

  saveRule(id: string | null, rule: RuleBody): Promise<RuleView> {
    return this.save("/cases/rules", id, rule);
  }

  removeRule(id: string): Promise<unknown> {
    return this.remove(`/cases/rules/${id}`);
  }

  switchRule(id: string, on: boolean): Promise<RuleView> {
    const path = `/cases/rules/${id}/switch`;
    return request(path, { method: "POST", body: { on }, token: this.token, idempotent: true });
  }

  async orderRules(ids: readonly string[]): Promise<readonly RuleView[]> {
    const { rules } = await request<RuleList>("/cases/rules/order", {
      method: "POST",
      body: { ids },
      token: this.token,
      idempotent: true,
    });
    return rules;
  }

  /** A part of what the rule would have done in the last month; nothing is changed. */
  tryRule(rule: RuleBody, after: string | null): Promise<TrialView> {
    const body = { rule, after };
    return request("/cases/rules/trial", { method: "POST", body, token: this.token });
  }

  private save<T>(path: string, id: string | null, body: object): Promise<T> {
    if (id === null) return request(path, { method: "POST", body, token: this.token });
    return request(`${path}/${id}`, {
      method: "PUT",
      body,
      token: this.token,
      idempotent: true,
    });
  }

  private remove(path: string): Promise<unknown> {
    return request(path, { method: "DELETE", token: this.token, idempotent: true });
  }
}
