/** `npm run dev:mock`: both pages against a backend that lives in the dev server's memory. */
import { mergeConfig } from "vite";
import base from "../vite.config.ts";
import { mockBackend } from "./mock/plugin.ts";

export default mergeConfig(
  { ...base, server: {} },
  { root: `${import.meta.dirname}/..`, plugins: [mockBackend()] },
);
