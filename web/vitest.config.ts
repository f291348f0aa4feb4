import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    environment: "node",
    include: ["**/*.test.ts"],
    exclude: ["dist/**"],
    // Our modules keep nothing between tests that a test counts on; to load them anew for each file takes a third.
    isolate: false,
    // But a document that a test has put up would be the one that the next file's lit finds when it loads.
    setupFiles: ["vitest.setup.ts"],
    // A machine that runs the whole of the tests at once starves any one of them: these bound what hangs, not what is slow.
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
