/**
 * What a reporting person is told when their name is asked for, in their language and not in the page's. Nobody here knows
 * whether they gave one: the words say so, and leave a gap for the reasons.
 */
import type { Ground } from "../../seal/opening.js";

interface Words extends Readonly<Record<Ground, string>> {
  readonly whole: string;
}

const WORDS: Readonly<Record<string, Words>> = {
  "en": {
    consent: "You agreed to it.",
    authority: "A law obliges us to it in an investigation by an authority.",
    court: "A law obliges us to it in proceedings before a court.",
    whole: `With your report, or later, you could leave your name under seal. Nobody here knows whether you did. We have asked the people who keep such names to open it, if there is one.

[ground] The reasons: […]

From tomorrow on each of them decides for themselves; [k] must agree. Until then nobody can read it. If they agree, only the person who asks reads it, and they may tell it to nobody but those to whom the ground above obliges them, or you agreed.

If you do not agree, or something is wrong with this, write here at once.`,
  },
  "zh-Hans": {
    consent: "您已同意。",
    authority: "在主管机关的调查中，法律要求我们这样做。",
    court: "在法院的诉讼程序中，法律要求我们这样做。",
    whole: `您在举报时或之后可以把姓名密封留下。这里没有人知道您是否留下了姓名。如果有，我们已请求保管姓名的人员将其打开。

[ground]理由：[…]

从明天起，他们每个人各自决定；须有[k]人同意。在此之前，没有人能读到。如果他们同意，只有提出请求的人能读到，且只可告知上述依据要求告知或您同意告知的对象。

如果您不同意，或认为此事有误，请立即在此写明。`,
  },
  "ar": {
    consent: "لقد وافقت على ذلك.",
    authority: "يُلزمنا القانون بذلك في تحقيق تجريه سلطة مختصة.",
    court: "يُلزمنا القانون بذلك في إجراءات أمام محكمة.",
    whole: `كان بإمكانك، مع بلاغك أو بعده، أن تترك اسمك مختومًا. لا أحد هنا يعرف هل فعلت ذلك. وقد طلبنا ممن يحفظون هذه الأسماء أن يفتحوه، إن وُجد.

[ground] الأسباب: […]

ابتداءً من الغد يقرر كل واحد منهم بنفسه، ويجب أن يوافق [k] منهم. وحتى ذلك الحين لا يستطيع أحد قراءته. وإذا وافقوا فلا يقرؤه إلا من طلبه، ولا يجوز له أن يبلّغه إلا لمن يُلزمه السبب أعلاه بإبلاغه أو لمن وافقت عليه.

إن لم توافق، أو كان في هذا خطأ، فاكتب هنا فورًا.`,
  },
};

/** In this language, or in English; `k` custodians must agree. */
export function nameNotice(language: string, ground: Ground, k: number): string {
  const words = WORDS[language] ?? WORDS["en"];
  return words === undefined ? "" : words.whole.replace("[ground]", words[ground]).replace("[k]", String(k));
}
