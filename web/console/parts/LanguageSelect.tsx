import { Languages } from "lucide";
import { Icon } from "../../shared/components/Icon";
import { isLocale, LOCALES, locale, setLocale, t } from "../../shared/i18n";

export function LanguageSelect() {
  return (
    <label class="language-select">
      <Icon of={Languages} />
      <span class="visually-hidden">{t("language")}</span>
      <select
        value={locale.value}
        onChange={(event) => {
          const choice = event.currentTarget.value;
          if (isLocale(choice)) void setLocale(choice);
        }}
      >
        {Object.entries(LOCALES).map(([code, name]) => (
          <option key={code} value={code} lang={code}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}
