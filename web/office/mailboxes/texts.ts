/**
 * The letter, in the languages in which the report page opens it. It is written in the reader's language and not in the
 * page's of who prints it, so its texts stand here and not in the catalogues. It names no office, no person, no report and
 * no purpose: whoever finds it learns that somebody has a mailbox.
 */

export interface LetterTexts {
  /** Before the address of the report door, for the page of this language; empty for the language that has none. */
  readonly path: string;
  readonly dir: "ltr" | "rtl";
  readonly head: string;
  readonly lede: string;
  readonly how: string;
  readonly steps: readonly string[];
  /** Of the link on the report page, as that page has it. */
  readonly link: string;
  readonly scan: string;
  readonly fingerprint: string;
  readonly words: string;
  readonly digits: string;
  readonly notes: readonly string[];
}

const LETTERS: Readonly<Record<string, LetterTexts>> = {
  "en": {
    path: "", dir: "ltr", head: "A sealed mailbox for you",
    lede: "There is something for you to read, and you can answer. What is in the mailbox is sealed: you can read it, the people whom it names can, and nobody else.",
    how: "How to open it",
    steps: [
      "Use a device of your own, not one of your employer or one that others look at.",
      "Scan the code, or type the address that stands under it.",
      "Press the link below, then type the twelve words, or all the digits. Either will do.",
      "The page then asks you to make words of your own. Do that first: from then on this letter opens nothing any more.",
    ],
    link: "I have written before: open my mailbox",
    scan: "Address of the page",
    fingerprint: "The page shows these eight words if it is the right one. If it shows others, leave it.",
    words: "The code, as twelve words", digits: "The same code, as digits",
    notes: [
      "Keep this letter to yourself until you have made words of your own. Until then whoever holds it can open the mailbox.",
      "You may let a lawyer, or somebody you trust, read and write for you: open it together with them, or give them your own words. Whoever has the words reads and writes in your place.",
      "Nobody from the office ever asks you for these words, neither by telephone nor in person.",
      "In immediate danger ring the emergency number first. Nobody watches the mailbox all the time.",
    ],
  },
  "zh-Hans": {
    path: "/zh-hans", dir: "ltr", head: "为您开设的密封信箱",
    lede: "信箱里有需要您阅读的内容，您可以答复。信箱内容是密封的：只有您和其中写明的人能够阅读，其他任何人都不能。",
    how: "如何打开",
    steps: [
      "请使用您自己的设备，不要使用雇主的设备或他人会查看的设备。",
      "扫描二维码，或输入其下方的地址。",
      "点击下面的链接，然后输入十二个词，或全部数字。二者任选其一。",
      "随后页面会请您生成您自己的词。请先完成这一步：此后这封信再也打不开任何内容。",
    ],
    link: "我以前写过：打开我的信箱",
    scan: "页面地址",
    fingerprint: "如果页面正确，会显示这八个词。如果显示的是别的词，请离开该页面。",
    words: "代码（十二个词）", digits: "同一代码（数字）",
    notes: [
      "在生成您自己的词之前，请妥善保管这封信。在此之前，持有它的人都能打开信箱。",
      "您可以让律师或您信任的人代您阅读和书写：与他们一起打开，或把您自己的词交给他们。谁有这些词，谁就能以您的名义阅读和书写。",
      "受理机关的任何人都不会通过电话或当面向您索要这些词。",
      "如有紧急危险，请先拨打紧急电话。信箱并非时刻有人查看。",
    ],
  },
  "ar": {
    path: "/ar", dir: "rtl", head: "صندوق مختوم لك",
    lede: "هناك ما ينبغي أن تقرأه، ويمكنك أن تجيب. ما في الصندوق مختوم: تقرؤه أنت ومن يرد ذكرهم فيه، ولا أحد سواكم.",
    how: "كيف تفتحه",
    steps: [
      "استعمل جهازًا لك وحدك، لا جهاز جهة عملك ولا جهازًا يطّلع عليه غيرك.",
      "امسح الرمز، أو اكتب العنوان الذي تحته.",
      "اضغط الرابط المذكور أدناه، ثم اكتب الكلمات الاثنتي عشرة أو كل الأرقام. يكفي أحدهما.",
      "تطلب منك الصفحة بعد ذلك أن تنشئ كلمات خاصة بك. افعل ذلك أولًا: من تلك اللحظة لا تفتح هذه الرسالة شيئًا.",
    ],
    link: "كتبت من قبل: افتح صندوقي",
    scan: "عنوان الصفحة",
    fingerprint: "تعرض الصفحة هذه الكلمات الثماني إن كانت هي الصحيحة. إن عرضت غيرها فغادرها.",
    words: "الرمز في اثنتي عشرة كلمة", digits: "الرمز نفسه بالأرقام",
    notes: [
      "احتفظ بهذه الرسالة لنفسك حتى تنشئ كلماتك الخاصة. فإلى ذلك الحين يستطيع من يحملها أن يفتح الصندوق.",
      "يمكنك أن تدع محاميًا أو شخصًا تثق به يقرأ ويكتب عنك: افتحه معه، أو أعطه كلماتك الخاصة. من لديه الكلمات يقرأ ويكتب مكانك.",
      "لا يطلب منك أحد من هذه الجهة هذه الكلمات أبدًا، لا بالهاتف ولا وجهًا لوجه.",
      "عند الخطر الداهم اتصل برقم الطوارئ أولًا. لا أحد يراقب الصندوق طوال الوقت.",
    ],
  },
};

/** Languages in which a letter can be printed. */
export const LETTER_LANGUAGES: readonly string[] = Object.keys(LETTERS);

/** The letter's texts in this language, or in English. */
export function letterTexts(language: string): LetterTexts {
  const found = LETTERS[language] ?? LETTERS["en"];
  if (found === undefined) throw new RangeError("no letter");
  return found;
}
