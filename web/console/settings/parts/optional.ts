import { t } from "../../../shared/i18n";

/** The label of a field that may stay empty, by the message of its name. */
export function optional(label: string): string {
  return t("field-optional", { field: t(label) });
}
