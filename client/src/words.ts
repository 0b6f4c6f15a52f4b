// What the island says, in both languages.
export type Language = "fa" | "en";

export function isLanguage(value: string | undefined | null): value is Language {
  return value === "fa" || value === "en";
}

const words = {
  zoomIn: { en: "Zoom in (+)", fa: "بزرگ‌تر (+)" },
  zoomOut: { en: "Zoom out (−)", fa: "کوچک‌تر (−)" },
  fit: { en: "Whole map (0)", fa: "همه نقشه (0)" },
  tools: { en: "Zoom", fa: "بزرگ‌نمایی" },
  card: { en: "Card", fa: "کارت" },
  close: { en: "Close (Esc)", fa: "بستن (Esc)" },
  loading: { en: "Loading…", fa: "در حال آوردن…" },
  failed: { en: "The card could not be fetched. Is Safarnama still running?", fa: "کارت آورده نشد. آیا سفرنامه هنوز اجراست؟" },
  page: { en: "Open as a page", fa: "باز کردن در صفحه خودش" },
  map: {
    en: "Map. Arrows move between cards, Enter opens one, plus and minus zoom.",
    fa: "نقشه. جهت‌نماها میان کارت‌ها می‌روند، Enter کارت را باز می‌کند، + و − بزرگ و کوچک می‌کنند.",
  },
} as const;

export function say(key: keyof typeof words, language: Language): string {
  return words[key][language];
}

// A zoom level as people read it; Persian keeps the percent sign at the left of its number.
export function percent(share: number, language: Language): string {
  const text = new Intl.NumberFormat(language, { maximumFractionDigits: 0 }).format(Math.round(share * 100));
  return language === "fa" ? `\u061c${text}٪` : `${text}%`;
}
