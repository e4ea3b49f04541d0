import { request } from "../shared/api";
import type { LabelChange, LabelList, LabelView, NewLabel } from "../shared/generated/rest";
import type { TokenSource } from "../shared/token";
import type { LabelSource } from "./labels";

/** The REST calls about labels. */
export class LabelCalls implements LabelSource {
  constructor(private readonly token: TokenSource) {}

  async labels(): Promise<readonly LabelView[]> {
    const { labels } = await request<LabelList>("/cases/labels", { token: this.token });
    return labels;
  }

  addLabel(label: NewLabel): Promise<LabelView> {
    return request("/cases/labels", { method: "POST", body: label, token: this.token });
  }

  changeLabel(id: string, label: LabelChange): Promise<LabelView> {
    return request(`/cases/labels/${id}`, {
      method: "PUT",
      body: label,
      token: this.token,
      idempotent: true,
    });
  }
}
