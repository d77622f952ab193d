import type { RequestPromptId } from './requests.en.js';

/** What is said in taking down requests, and around choices, in Korean. `{name}` is filled. */
export const requests: Readonly<Record<RequestPromptId, string>> = {
  'request.prescription': '처방전 요청을 받아 적고, 저희 직원이 처리하겠습니다.',
  'request.results': '결과는 제가 말씀드릴 수 없지만, 요청을 전달하겠습니다.',
  'request.billing': '청구서에 대한 문의를 받아 적고, 저희 직원이 다시 전화드리겠습니다.',
  'request.document': '필요하신 것을 받아 적고, 저희 직원이 처리하겠습니다.',
  'request.registration': '말씀을 받아 적고, 저희 직원이 다시 전화드리겠습니다.',
  'request.privacy':
    '개인정보 보호 담당자에게 전달하겠습니다. 담당자가 본인 확인을 한 뒤에 알려 드리거나 변경합니다.',
  'request.price':
    '죄송합니다. 그 가격은 제가 알지 못합니다. 문의를 적어 두고, 저희 직원이 다시 전화드리겠습니다.',
  'request.service':
    '그 밖의 것은 제가 알지 못합니다. 문의를 적어 두고, 저희 직원이 다시 전화드리게 할까요?',
  'request.unknown':
    '죄송합니다. 그것은 제가 알지 못합니다. 문의를 적어 두고, 저희 직원이 다시 전화드리겠습니다.',
  'form.dob': '생년월일이 어떻게 되십니까?',
  'form.dob_again':
    '죄송합니다. 날짜를 알아듣지 못했습니다. 년, 월, 일을 말씀하시거나 여덟 자리 숫자를 눌러 주세요.',
  'form.medicine': '어떤 약이 필요하십니까?',
  'form.pharmacy': '어느 약국으로 보내 드릴까요?',
  'form.test': '어떤 검사였고, 언제 하셨습니까?',
  'form.invoice': '청구서 번호가 어떻게 됩니까? 지금 없으시면 없다고 말씀해 주세요.',
  'form.patient': '어느 분을 위한 것인지 그분의 성함도 말씀해 주시겠어요?',
  'form.question': '무엇을 알고 싶으시거나, 무엇을 해 드릴까요?',
  'form.document': '어떤 서류가 필요하십니까?',
  'form.email': '이메일 주소가 어떻게 되십니까? 원하지 않으시면 그렇게 말씀해 주세요.',
  'form.service': '어떤 서비스에 관한 것입니까?',
  'form.read_dob': '생년월일은 {value}입니다.',
  'form.read_medicine': '약은 {value}입니다.',
  'form.read_pharmacy': '약국은 {value}입니다.',
  'form.read_test': '검사는 {value}입니다.',
  'form.read_invoice': '청구서는 {value}입니다.',
  'form.read_document': '서류는 {value}입니다.',
  'form.read_email': '이메일 주소는 {value}입니다.',
  'form.read_service': '서비스는 {value}입니다.',
  'form.read_patient': '{value} 님에 관한 일입니다.',
  'message.why':
    '저희 직원이 일을 처리하고 다시 전화드리는 데 필요합니다. 원하지 않으시면 그렇게 말씀해 주세요.',
  'message.cannot_see': '제가 직접 찾아볼 수는 없지만, 저희 직원이 확인할 수 있습니다.',
  'topic.back': '이제 아까 하던 것으로 돌아가겠습니다.',
  'topic.next': '이제 말씀하신 다른 것으로 넘어가겠습니다.',
  'nonsense.sorry': '죄송합니다. 이번에도 알아듣지 못했습니다.',
  'nonsense.choice':
    '{name}(으)로 연결해 드릴까요, 아니면 메시지를 남기시겠습니까? 직원 연결은 일 번, 메시지는 이 번을 눌러 주세요.',
  'listen.yes_or_no': '네 또는 아니요로 말씀하시거나, 네는 일 번, 아니요는 이 번을 눌러 주세요.',
  'listen.keys': '메시지를 남기시려면 일 번, 직원 연결은 영 번을 눌러 주세요.',
  'key.say':
    '여기서는 말씀으로 해 주세요. 건너뛰시려면 우물 정자를, 직원 연결은 영 번을 눌러 주세요.',
  'price.one': '{service} 가격은 {price}입니다.',
  'services.one': '네, {service}을(를) 제공합니다.',
};
