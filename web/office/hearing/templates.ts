/**
 * A notice to a person concerned, in their language: neutral, with gaps for what must be said and nothing that must not. It
 * is written in the reader's language and not in the page's, so it stands here and not in the catalogues.
 */

const TEMPLATES: Readonly<Record<string, string>> = {
  "en": `We have received a report in which you are named. Nothing has been decided. Unless and until the opposite is proven, you have done nothing wrong.

What it is about: […]
The time and the place, as far as you need them to answer: […]

You may answer here, in writing, within [days] days. You may add documents, name people who can say something about it, and ask to be heard in person. You need not say anything; silence is not held against you. You may let a lawyer, or somebody you trust, help you.

You may ask for something to be corrected or deleted, and you may object to our dealing with it. You may complain to […].

We do not say who reported, and whether anybody did other than this office. Please do not try to find out.`,
  "zh-Hans": `我们收到一份提及您的举报。目前没有作出任何决定。除非并直至有相反证明，您没有任何过错。

事项：[…]
为便于您答复所需的时间和地点：[…]

您可以在[days]天内在此书面答复。您可以补充材料，指出能够说明情况的人，并可要求当面陈述。您不必说任何话；沉默不会对您不利。您可以请律师或您信任的人协助。

您可以要求更正或删除某些内容，也可以对我们的处理提出异议。您可以向[…]投诉。

我们不说明由谁举报，也不说明除本机关外是否有人举报。请不要试图查明。`,
  "ar": `تلقينا بلاغًا ورد فيه اسمك. لم يتقرر شيء. ما لم يثبت العكس، وإلى أن يثبت، فأنت لم ترتكب أي خطأ.

موضوعه: […]
الزمان والمكان بقدر ما تحتاج إليهما لتجيب: […]

يمكنك أن تجيب هنا كتابةً خلال [days] يومًا. يمكنك أن تضيف مستندات، وأن تسمّي من لديه ما يقوله في الأمر، وأن تطلب سماعك حضورًا. لست ملزمًا بقول شيء، ولا يُحتسب صمتك عليك. يمكنك أن تستعين بمحامٍ أو بشخص تثق به.

يمكنك أن تطلب تصحيح شيء أو حذفه، وأن تعترض على تعاملنا معه. يمكنك أن تشتكي إلى […].

لا نقول من أبلغ، ولا ما إذا أبلغ أحد سوى هذه الجهة. نرجو ألا تحاول معرفة ذلك.`,
};

/**
 * The template in this language, or in English, for so many days to answer.
 *
 * @param law - what the law has them told, in that language; it stands before the last words
 */
export function noticeTemplate(language: string, days: number, law: readonly string[] = []): string {
  const parts = (TEMPLATES[language] ?? TEMPLATES["en"] ?? "").replace("[days]", String(days)).split("\n\n");
  return [...parts.slice(0, -1), ...law.length === 0 ? [] : [law.join("\n")], ...parts.slice(-1)].join("\n\n");
}

/** Whether gaps of the template are left. */
export function hasGaps(text: string): boolean {
  return text.includes("[…]") || text.includes("[days]");
}

const LETTERS = /[\p{L}\p{N}]+/gu;
const SHORT = 3;

/**
 * Words that a draft has from a report: each could be one that only who reported can know. Words of the template do not
 * count, nor do short ones; of scripts without spaces any two signs that stand together count as a word.
 */
export function sharedWords(draft: string, report: string, template: string): readonly string[] {
  const known = wordsOf(template), reported = wordsOf(report);
  return [...wordsOf(draft)].filter((word) => reported.has(word) && !known.has(word));
}

function wordsOf(text: string): Set<string> {
  const found = new Set<string>();
  for (const [run] of text.normalize("NFKC").toLowerCase().matchAll(LETTERS)) {
    if (/\p{Script=Han}/u.test(run)) for (let at = 0; at + 1 < run.length; at += 1) found.add(run.slice(at, at + 2));
    else if (run.length > SHORT || /\d/.test(run)) found.add(run);
  }
  return found;
}
