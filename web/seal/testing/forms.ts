import { asked, questionsOf, readForm } from "../form.js";
import type { Input, Operation } from "./input.js";

export const FORMS: Readonly<Record<string, Operation>> = {
  "read-form": (i: Input) => questionsOf(readForm(i.bytes("form"))).map(({ id, kind, label, help, options, condition }) => ({
    id, kind, label: Object.fromEntries(label), help: Object.fromEntries(help ?? []), options: options.map((one) => one.id),
    if: condition === undefined ? [] : [condition.question, condition.option],
  })),
  "asked": (i: Input) => asked(readForm(i.bytes("form")), new Map(Object.entries(i.json("answers") as Record<string, string>))).map(({ id }) => id),
};
