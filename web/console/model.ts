/** What the console knows of a case: the JSON of the cases service, shared by REST answers and `case` frames. */
import type { CaseView, ListCounts } from "../shared/generated/rest";

export type {
  CaseList as CasePage,
  CasesPerson as Person,
  CaseView as Case,
  ListCounts as Counts,
  Me as Technician,
} from "../shared/generated/rest";
export type CaseState = CaseView["state"];
export type ListName = keyof ListCounts;

export const LISTS: readonly ListName[] = ["unassigned", "mine", "all"];

export function customerName(item: Pick<CaseView, "customer">): string {
  return `${item.customer.first_name} ${item.customer.last_name}`.trim();
}
