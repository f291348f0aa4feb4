import js from "@eslint/js";
import ts from "typescript-eslint";

// The rules that need types are in .oxlintrc.json.
export default ts.config(
  { ignores: ["web/dist/**", "node_modules/**", "**/*.mjs"] },
  js.configs.recommended,
  ...ts.configs.strict,
  ...ts.configs.stylistic,
  {
    rules: {
      // Trusted Types stop markup from strings in Chromium only; this stops it everywhere.
      "no-restricted-properties": ["error",
        { property: "innerHTML", message: "Markup from strings is how a report becomes a program." },
        { property: "outerHTML", message: "Markup from strings is how a report becomes a program." },
        { property: "insertAdjacentHTML", message: "Markup from strings is how a report becomes a program." },
        { object: "document", property: "write", message: "Markup from strings is how a report becomes a program." },
        { object: "Math", property: "random", message: "Use crypto.getRandomValues." },
        { object: "document", property: "cookie", message: "No page of ours reads or writes a cookie." },
      ],
      "no-restricted-globals": ["error", "localStorage", "sessionStorage", "indexedDB"],
      "no-control-regex": "off",
    },
  },
);
