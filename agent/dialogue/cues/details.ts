/** What a first sentence may name already, so that it is not asked: the words themselves count. */
const PATTERNS: Readonly<Record<string, Readonly<Record<string, RegExp>>>> = {
  en: {
    invoice:
      /(?<=\b(?:invoice|bill|account|reference)(?: number)?(?: is|'s)?[ :]+)(?:[a-z]{0,3}[- ]?\d[\d -]*\d|(?:(?:zero|oh|one|two|three|four|five|six|seven|eight|nine|double|triple)\b ?){3,})/iu,
    medicine:
      /\b(?:insulin|(?:asthma |my )?inhaler|antibiotics?|(?:blood pressure|thyroid|heart|pain|sleeping|birth control|contraceptive|allergy|asthma|cholesterol) (?:pills?|tablets?|medicine|medication|cream|drops)|[a-z]{4,}(?:cillin|formin|pril|statin|prazole|profen|cetamol|oxine|olol))\b/iu,
    test: /\b(?:blood (?:tests?|work)|urine (?:test|sample)|x-?rays?|ultrasound|biopsy|(?:mri|ct|cat|bone) scan|covid test|allergy test|smear(?: test)?|stool (?:test|sample)|cholesterol test|mammogram)\b/iu,
    document:
      /\b(?:(?:sick|doctor'?s|fit|fitness) (?:note|certificate)|(?:copy|copies) of [a-z ]{0,12}(?:records?|file|x-?rays?)|(?:medical|health|vaccination|immuni[sz]ation) (?:records?|certificate|form|report|card)|referral(?: letter)?|school form|insurance (?:form|letter)|death certificate|power of attorney)\b/iu,
  },
  de: {
    invoice: /(?<=\brechnung(?:snummer)?(?: ist| lautet)?[ :]+)(?:[a-z]{0,3}[- ]?\d[\d -]*\d)/iu,
    medicine:
      /(?<!\p{L})(?:insulin|antibiotika|(?:blutdruck|schilddrüsen|herz|schmerz|schlaf)(?:tabletten|mittel)|pille|asthmaspray|\p{L}{4,}(?:cillin|formin|pril|statin|prazol|profen|cetamol|oxin|olol))(?!\p{L})/iu,
    test: /(?<!\p{L})(?:blut(?:test|bild|untersuchung|werte)|urinprobe|röntgen(?:bild|aufnahme)?|ultraschall|biopsie|mrt|ct|abstrich|allergietest|mammografie)(?!\p{L})/iu,
    document:
      /(?<!\p{L})(?:krankschreibung|krankmeldung|überweisung|attest|befund(?:bericht)?|impf(?:pass|nachweis)|arztbrief|bescheinigung|kopie (?:meiner|der) akte|vollmacht)(?!\p{L})/iu,
  },
  ko: {
    medicine: /인슐린|혈압약|당뇨약|항생제|갑상선약|수면제|진통제|피임약|흡입기/u,
    test: /(?:피|혈액|소변|알레르기|코로나|조직)\s*검사|엑스레이|초음파|내시경|건강\s*검진/u,
    document: /진단서|소견서|진료\s*기록|의무\s*기록|처방전|확인서|접종\s*증명서|의뢰서|위임장/u,
  },
};

/** The words of `text` that name the detail `id`, or undefined. */
export const namedIn = (text: string, id: string, language: string): string | undefined =>
  PATTERNS[language]?.[id]?.exec(text)?.[0];
