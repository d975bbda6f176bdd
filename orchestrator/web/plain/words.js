// What the page itself says, in both languages. Knows nothing of where the words stand.

const WORDS = {
  ar: {
    name: "فنار", skip: "انتقل إلى السؤال", views: "الأقسام", ask: "اسأل", check: "تحقّق من اقتباس",
    otherLanguage: "English", switchLanguage: "التبديل إلى الإنجليزية", switchTheme: "تبديل المظهر بين الفاتح والداكن",
    missing: "ما ليس متاحًا هنا بعد", keyLabel: "مفتاح الواجهة", keySave: "استخدم المفتاح", conversation: "المحادثة",
    question: "سؤالك", questionHint: "اكتب سؤالك هنا…", send: "أرسل", stop: "أوقف", fresh: "محادثة جديدة",
    pasted: "النص المراد فحص اقتباساته", pastedHint: "ألصق نصًا فيه آيات…", checkIt: "افحص",
    footer: "تُعرض الآيات بنصها من مصحف تنزيل. الإجابات ليست فتاوى.",
    you: "أنت", answer: "فنار", sources: "المصادر", open: "افتح في quran.com", why: "لماذا هذا المسار؟",
    confidence: "الثقة", answeredBy: "أجاب", thinking: "يجري البحث عن إجابة…", done: "اكتملت الإجابة.", stopped: "أُوقفت الإجابة.",
    checking: "يجري الفحص…", checked: "اكتمل الفحص.", nothingFound: "لم يُعثر على اقتباس من القرآن في هذا النص.",
    unreachable: "تعذر الوصول إلى الخادم. هل ما زال يعمل؟ شغّله بالأمر: fanar serve", failed: "لم تكتمل الإجابة",
    rightText: "النص الصحيح", reference: "الموضع", wrongReference: "العزو المذكور خطأ", instead: "والصواب", surplus: "زائدة", lacking: "ناقصة",
    corrected: "اقتباسات صُححت أو حُذفت قبل العرض", remedy: "العلاج",
    routes: { greeting: "تحية", general: "عام", islamic: "إسلامي", recency: "أحداث", image: "صورة", speech: "صوت",
      translation: "ترجمة", poetry: "شعر", attribution: "تحقق من اقتباس" },
    statuses: { exact: "مطابق", exact_undiacritised: "مطابق بلا تشكيل", orthographic_variant: "مطابق برسم آخر",
      diacritic_conflict: "خطأ في التشكيل", partial: "مقتطع", altered: "محرّف", not_found: "غير موجود في القرآن" },
    examples: ["اقرأ آية الكرسي", "ما حكم صيام المسافر؟", "كم يساوي ١٥٪ من ٢٤٠؟"],
  },
  en: {
    name: "Fanar", skip: "Skip to the question", views: "Views", ask: "Ask", check: "Check a quotation",
    otherLanguage: "العربية", switchLanguage: "Switch to Arabic", switchTheme: "Switch between light and dark",
    missing: "What is not available here yet", keyLabel: "API key", keySave: "Use this key", conversation: "Conversation",
    question: "Your question", questionHint: "Write your question here…", send: "Send", stop: "Stop", fresh: "New conversation",
    pasted: "The text whose quotations are to be checked", pastedHint: "Paste a text that quotes verses…", checkIt: "Check",
    footer: "Verses are shown verbatim from Tanzil's text. Answers are not religious rulings.",
    you: "You", answer: "Fanar", sources: "Sources", open: "Open on quran.com", why: "Why this route?",
    confidence: "confidence", answeredBy: "answered by", thinking: "Looking for an answer…", done: "The answer is complete.", stopped: "The answer was stopped.",
    checking: "Checking…", checked: "The check is complete.", nothingFound: "No quotation of the Quran was found in this text.",
    unreachable: "The server cannot be reached. Is it still running? Start it with: fanar serve", failed: "The answer was not completed",
    rightText: "The right text", reference: "Place", wrongReference: "The reference given is wrong", instead: "should be", surplus: "not in the verse", lacking: "missing",
    corrected: "Quotations corrected or removed before they were shown", remedy: "Remedy",
    routes: { greeting: "greeting", general: "general", islamic: "Islamic", recency: "news", image: "image", speech: "speech",
      translation: "translation", poetry: "poetry", attribution: "quotation check" },
    statuses: { exact: "exact", exact_undiacritised: "exact, without vowel signs", orthographic_variant: "exact, other spelling",
      diacritic_conflict: "wrong vowel signs", partial: "partial", altered: "altered", not_found: "not in the Quran" },
    examples: ["Read Ayat al-Kursi", "Which verse says there is no compulsion in religion?", "What is 15% of 240?"],
  },
};

let language = localStorage.getItem("language") === "en" ? "en" : "ar";

export const currentLanguage = () => language;
export const say = (key) => WORDS[language][key];

export function applyLanguage(chosen = language) {
  language = chosen;
  localStorage.setItem("language", chosen);
  document.documentElement.lang = chosen;
  document.documentElement.dir = chosen === "ar" ? "rtl" : "ltr";
  document.title = say("name");
  for (const node of document.querySelectorAll("[data-text]")) node.textContent = say(node.dataset.text);
  for (const node of document.querySelectorAll("[data-label]")) node.setAttribute("aria-label", say(node.dataset.label));
  for (const node of document.querySelectorAll("[data-placeholder]")) node.placeholder = say(node.dataset.placeholder);
}
