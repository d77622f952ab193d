import type { Cues } from './cues.js';

/** Korean: beginnings of words, since their endings change; recognisers space them as they like. */
export const ko: Cues = {
  cancel:
    /(?:메시지|메모)(?:는|은|를|을)?\s*(?:안|취소|필요\s*없|됐)|(?:취소|그만)\s*(?:할게|하겠|할래)/u,
  goodbye: /끊을게|끊겠|안녕히\s*계|들어가세요/u,
  person:
    /(?:직원|상담원|상담사|담당자|사람|간호사|의사|원장)\S*\s*(?:좀\s*)?(?:연결|바꿔|통화|얘기|이야기)|(?:연결|교환)\s*(?:좀\s*)?(?:해|부탁)/u,
  yes: /^(?:아|어|음)?\s*(?:네|예|응|그래요|그럼요|맞아|맞습|맞는|좋아요|좋습|그렇습|오케이)/u,
  no: /^(?:아|어|음)?\s*(?:아니|아뇨|아닙|아닌|틀려|틀렸|틀립|안\s*돼|싫|잘못)/u,
  urgent: /급(?:해|한|하|합|히)|긴급|빨리|당장|바로\s*전화/u,
  notUrgent: /안\s*급|급하지|급한\s*\S*\s*아니|급하진|천천히|괜찮/u,
  ownNumber: /(?:이|같은|지금|거는|건|전화한|이쪽)\s*번호|번호\s*그대로/u,
  refuse: /(?:말|알려|밝히|남기)\S*\s*(?:싫|싶지\s*않)|안\s*(?:알려|말할|남길)|말씀\s*못/u,
  anyTime: /아무\s*때나|언제든|언제라도|상관\s*없|아무\s*시간/u,
  aside: /다시\s*(?:한|말|들|요)|못\s*들|뭐라고|잠깐|잠시|기다려/u,
  aboutName: /이름|성함/u,
  aboutNumber: /번호|전화/u,
  aboutReason: /메시지|메모|내용|용건/u,
  newReason: /(?:메시지|메모|내용|용건)(?:는|은)\s+(?<rest>.{4,})$/u,
};
