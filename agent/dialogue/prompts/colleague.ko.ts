import type { colleague as english } from './colleague.en.js';

/** What a person of the office is told before they take a call, in Korean. */
export const colleague: Readonly<Record<keyof typeof english, string>> = {
  'colleague.call': '안녕하세요, 자동 안내입니다. {caller} 전화가 {name} 앞으로 와 있습니다.',
  'colleague.caller_number': '번호 {number}에서 온',
  'colleague.caller_withheld': '번호가 표시되지 않은',
  'colleague.said': '이렇게 말씀하셨습니다. {words}',
  'colleague.join': '안녕하세요, 자동 안내입니다. {name} 쪽에서 통화에 함께해 달라고 합니다.',
  'colleague.call_back': '안녕하세요, 자동 안내입니다. {caller} 쪽으로 다시 전화를 겁니다.',
  'colleague.keys':
    '전화를 받으시려면 일번, 거절하시려면 이번, 메시지를 받아 두려면 삼번을 눌러 주세요. ' +
    '네, 아니요, 메시지라고 말씀하셔도 됩니다.',
  'colleague.keys_join':
    '함께하시려면 일번, 거절하시려면 이번을 눌러 주세요. 네, 아니요로 말씀하셔도 됩니다.',
  'colleague.connecting': '감사합니다. 연결하겠습니다.',
  'colleague.declined': '네, 그렇게 전하겠습니다.',
  'colleague.message': '네, 메시지를 받아 두겠습니다.',
  'colleague.caller_gone': '상대방이 전화를 끊었습니다. 안녕히 계세요.',
  'colleague.taken': '다른 분이 전화를 받았습니다. 안녕히 계세요.',
  'colleague.recorded': '이 통화는 계속 녹음됩니다.',
  'colleague.unreached': '그쪽은 전화를 받지 않습니다.',
};
