/**
 * What a reporting person is told of a question to a panel, in their language and not in the page's: that it is asked, that
 * it came to nothing, or what was decided. Each has gaps for what must be said.
 */

type Kind = "asked" | "ended" | "decided";

const TEMPLATES: Readonly<Record<string, Readonly<Record<Kind, string>>>> = {
  "en": {
    asked: `We have found no ground for what you reported, and a question has come up on which we want to hear you first: whether you knew, when you reported, that it was not true.

We presume that you reported in good faith. That something could not be proven, or turned out to be wrong, is nothing that anybody holds against you. Nothing has been decided, and I do not decide it: at least three people of this office would, who have had no part in the case, all of them and in writing, after they have read what you say.

What raised the question: […]

Please answer here within [days] days: what you saw or were told yourself, and why you believed it. You may add files. You need not say anything; silence proves nothing. You may let a lawyer, or somebody you trust, help you.`,
    ended: `We asked you whether you knew that what you reported was not true. That question is closed. You reported in good faith; nothing of it is held against you, and you are protected as before.

[…]`,
    decided: `What you reported is unfounded. A panel of [people] people of this office, none of whom had a part in the case before, read the evidence and what you said, and each of them came to the same conclusion in writing: that you knew, when you reported, that it was not true.

The reasons: […]

What follows: the law protects whoever had reasonable grounds to believe that what they reported was true at the time (Directive (EU) 2019/1937, article 6, where it applies). After this decision you may lose that protection, and a court or an authority may hold you to account for a report that was knowingly false (article 23(2)). This office imposes no penalty. Who you are stays as sealed as it was.

If you do not agree, write here within 60 days and say so: somebody who had no part in the case or the panel looks at it again. You can also turn to a body outside this office: […]`,
  },
  "zh-Hans": {
    asked: `经核实，您举报的内容没有依据。现有一个问题，我们须先听取您的意见：您在举报时是否知道所举报的内容不属实。

我们推定您出于善意举报。举报内容无法证实或与事实不符，都不会因此追究您。目前没有作出任何决定，也不由我决定：须由本机关至少三名从未参与此案的人员在阅读您的陈述之后，一致并以书面作出决定。

提出此问题的原因：[…]

请在[days]天内在此答复：哪些是您亲眼所见，哪些是他人告知，以及您当时为何相信。您可以补充文件。您不必说任何话；沉默不能证明任何事情。您可以请律师或您信任的人协助。`,
    ended: `我们曾询问您是否知道所举报的内容不属实。该问题已经了结。您是出于善意举报；不会因此追究您，您仍与此前一样受到保护。

[…]`,
    decided: `您举报的内容不成立。由本机关[people]名此前从未参与此案的人员组成的评议组阅读了证据和您的陈述，每个人都以书面得出同一结论：您在举报时知道所举报的内容不属实。

理由：[…]

后果：法律保护在举报时有合理理由相信所举报内容属实的人（适用时为欧盟第2019/1937号指令第6条）。作出本决定后，您可能不再受该保护，法院或主管机关可能就明知不实的举报追究责任（第23条第2款）。本机关不作处罚。您的身份仍照旧密封。

如您不同意，请在60天内在此写明：将由从未参与此案或评议组的人重新审查。您也可以向本机关以外的机构反映：[…]`,
  },
  "ar": {
    asked: `لم نجد أساسًا لما أبلغت عنه، وظهر سؤال نريد أن نسمعك فيه أولًا: هل كنت تعلم عند الإبلاغ أنه غير صحيح؟

نفترض أنك أبلغت بحسن نية. أن شيئًا لم يمكن إثباته أو تبيّن أنه خطأ لا يُحتسب عليك. لم يتقرر شيء، ولست أنا من يقرر: يقرره ثلاثة أشخاص على الأقل من هذه الجهة لم تكن لهم يد في الملف، كلهم وكتابةً، بعد أن يقرؤوا ما تقوله.

ما أثار السؤال: […]

نرجو أن تجيب هنا خلال [days] يومًا: ما رأيته بنفسك أو قيل لك، ولماذا صدّقته. يمكنك أن تضيف ملفات. لست ملزمًا بقول شيء، والصمت لا يثبت شيئًا. يمكنك أن تستعين بمحامٍ أو بشخص تثق به.`,
    ended: `سألناك هل كنت تعلم أن ما أبلغت عنه غير صحيح. أُغلق هذا السؤال. لقد أبلغت بحسن نية، ولا يُحتسب عليك شيء منه، وتبقى محميًا كما كنت.

[…]`,
    decided: `ما أبلغت عنه لا أساس له. قرأت هيئة من [people] أشخاص من هذه الجهة، لم تكن لأي منهم يد في الملف من قبل، الأدلة وما قلته، وخلص كل منهم كتابةً إلى النتيجة نفسها: أنك كنت تعلم عند الإبلاغ أنه غير صحيح.

الأسباب: […]

ما يترتب على ذلك: يحمي القانون من كانت لديه أسباب معقولة للاعتقاد بصحة ما أبلغ عنه وقت الإبلاغ (التوجيه الأوروبي 2019/1937، المادة 6، حيث يسري). بعد هذا القرار قد تفقد هذه الحماية، وقد تحاسبك محكمة أو سلطة على بلاغ كاذب عن علم (المادة 23(2)). لا تفرض هذه الجهة أي عقوبة. تبقى هويتك مختومة كما كانت.

إن لم توافق فاكتب هنا خلال 60 يومًا وقل ذلك: ينظر فيه من جديد شخص لم تكن له يد في الملف ولا في الهيئة. ويمكنك أيضًا أن تلجأ إلى جهة خارج هذه الجهة: […]`,
  },
};

/** In this language, or in English. */
export function template(kind: Kind, language: string, { days = 0, people = 0 }: { readonly days?: number; readonly people?: number } = {}): string {
  return (TEMPLATES[language] ?? TEMPLATES["en"])?.[kind].replace("[days]", String(days)).replace("[people]", String(people)) ?? "";
}
