import { request } from "../../shared/api";
import type { NewFilter, SavedFilterList, SavedFilterView } from "../../shared/generated/rest";
import type { TokenSource } from "../../shared/token";
import type { SavedSource } from "../cases/saved";

/** The REST calls about saved filters. */
export class FilterCalls implements SavedSource {
  constructor(private readonly token: TokenSource) {}

  async filters(): Promise<readonly SavedFilterView[]> {
    const { filters } = await request<SavedFilterList>("/cases/filters", { token: this.token });
    return filters;
  }

  addFilter(filter: NewFilter): Promise<SavedFilterView> {
    return request("/cases/filters", { method: "POST", body: filter, token: this.token });
  }

  changeFilter(id: string, filter: NewFilter): Promise<SavedFilterView> {
    return request(`/cases/filters/${id}`, {
      method: "PUT",
      body: filter,
      token: this.token,
      idempotent: true,
    });
  }

  removeFilter(id: string): Promise<unknown> {
    return request(`/cases/filters/${id}`, { method: "DELETE", token: this.token });
  }
}
