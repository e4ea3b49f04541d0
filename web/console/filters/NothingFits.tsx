import { useSignal } from "@preact/signals";
import { SearchX } from "lucide";
import { useEffect } from "preact/hooks";
import { Button } from "../../shared/components/Button";
import { Icon } from "../../shared/components/Icon";
import { t } from "../../shared/i18n";
import { cleaned, type Field, type Filter, without } from "../cases/filter";
import type { Narrowed } from "../cases/narrowed";
import type { PageProps } from "../pages";
import { route } from "../route";
import { chipText, type ChoiceField, fieldName, type TextField, TEXTS } from "./fields";
import { clear, narrow } from "./view";

/** Nothing fits: says without which of the fields there would be cases. */
export function NothingFits({ desk, technician }: PageProps) {
  const { list, view } = route.value;
  const hiding = useSignal<readonly Field[]>([]);
  const asked = JSON.stringify([list, view.filter]);
  useEffect(() => {
    let current = true;
    hiding.value = [];
    void fieldsThatHide({ list, view }, (one) => desk.backend.narrowed(one, null, 1)).then(
      (fields) => {
        if (current) hiding.value = fields;
      },
      // Then it says no more than that nothing fits.
      () => undefined,
    );
    return () => {
      current = false;
    };
    // eslint-disable-next-line react-hooks/exhaustive-deps -- what is asked for, as a text
  }, [asked, desk]);
  const nameOf = (field: Field) =>
    (TEXTS as readonly Field[]).includes(field)
      ? t("filter-chip", {
          field: fieldName(field),
          values: String(view.filter[field as TextField]),
        })
      : chipText(view.filter, field as ChoiceField, desk, technician);
  return (
    <div class="empty">
      <Icon of={SearchX} />
      <h2 class="empty-title">{t("filter-nothing")}</h2>
      <p>{t(hiding.value.length > 0 ? "filter-hides" : "filter-nothing-text")}</p>
      <p class="empty-actions filter-hiding">
        {hiding.value.map((field) => (
          <Button key={field} onClick={() => narrow(without(route.peek().view.filter, field))}>
            {t("filter-without", { what: nameOf(field) })}
          </Button>
        ))}
        <Button kind="quiet" onClick={clear}>
          {t("filter-clear")}
        </Button>
      </p>
    </div>
  );
}

/** The fields of which each alone hides everything. */
export async function fieldsThatHide(
  { list, view }: Narrowed,
  read: (wanted: Narrowed) => Promise<{ cases: readonly unknown[]; next: string | null }>,
): Promise<Field[]> {
  const fields = Object.keys(cleaned(view.filter)) as Field[];
  const found = await Promise.all(
    fields.map(async (field) => {
      const filter: Filter = without(view.filter, field);
      const sort = view.sort === "relevance" && !filter.q ? "created" : view.sort;
      const { cases } = await read({ list, view: { ...view, filter, sort } });
      return cases.length > 0;
    }),
  );
  return fields.filter((_, at) => found[at]);
}
