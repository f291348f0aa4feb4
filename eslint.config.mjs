import js from "@eslint/js";
import ts from "typescript-eslint";

export default ts.config(
  { ignores: ["web/dist/**", "node_modules/**", "**/*.mjs"] },
  js.configs.recommended,
  ...ts.configs.strictTypeChecked,
  ...ts.configs.stylisticTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true } },
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
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "no-control-regex": "off",
    },
  },
);
