import { type ApiError, errorText } from "../api";
import { Banner } from "./Banner";

/** Why something did not work, with its code; nothing while there is nothing to say. */
export function FailureBanner({ failure }: { failure: ApiError | null }) {
  if (!failure) return null;
  return (
    <Banner kind="error" code={failure.code}>
      {errorText(failure.code, failure.params)}
    </Banner>
  );
}
