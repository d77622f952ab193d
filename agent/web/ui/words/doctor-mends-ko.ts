/**
 * What the doctor says is to be done, in Korean, by the server's English with `{}` for what it fills in; `{1}` is the first of these. Kept equal to the
 * server by test/web/doctor-words.test.ts. What an error says itself (its code and place) stays as it is.
 */
export const mendsKo: readonly (readonly [english: string, korean: string])[] = [
  [
    'Run vestibule backup, and see that its timer runs; {}',
    'vestibule backup을 실행하고 타이머가 도는지 보십시오. {1}',
  ],
  [
    'Restart Vestibule: it makes a new one; if it does not, see its log',
    'Vestibule을 다시 시작하면 새로 만듭니다. 만들지 않으면 로그를 보십시오',
  ],
  [
    'Put a new one at web.certificate and web.key, and restart Vestibule',
    'web.certificate와 web.key에 새것을 두고 다시 시작하십시오',
  ],
  [
    'Nothing, if that was mended meanwhile; see which callers these were (vestibule calls show) otherwise',
    '그사이 고쳤다면 할 일이 없습니다. 아니면 누구의 통화였는지 보십시오 (vestibule calls show)',
  ],
  [
    'Put a new one at pbx.sip.tls.certificate and pbx.sip.tls.key, and restart Vestibule',
    'pbx.sip.tls.certificate와 pbx.sip.tls.key에 새것을 두고 다시 시작하십시오',
  ],
  ['Run scripts/install-asterisk', 'scripts/install-asterisk를 실행하십시오'],
  ['Run scripts/install-asterisk for 22.10.1', 'scripts/install-asterisk로 22.10.1을 설치하십시오'],
  [
    'Set pbx.rtp.from and pbx.rtp.to to another range',
    'pbx.rtp.from과 pbx.rtp.to를 다른 범위로 정하십시오',
  ],
  [
    'Set pbx.rtp.from and pbx.rtp.to to another range of {} ports or more',
    'pbx.rtp.from과 pbx.rtp.to를 포트 {1}개 이상의 다른 범위로 정하십시오',
  ],
  [
    'Set reception.mostCalls to about {}, or add cores; see docs/guide/sizing.md',
    '동시 통화 수를 {1}쯤으로 정하거나 프로세서를 늘리십시오. docs/guide/sizing.md',
  ],
  [
    'Other programs were at work: look again when they have ended, and if it stays so, set reception.mostCalls to about {}, or add cores; see docs/guide/sizing.md',
    '다른 프로그램이 돌고 있었습니다. 끝난 뒤에 다시 보고, 그대로이면 동시 통화 수를 {1}쯤으로 정하거나 프로세서를 늘리십시오. docs/guide/sizing.md',
  ],
  ['Correct the file', '파일을 고치십시오'],
  ['Mend what is named here', '여기 적힌 것을 고치십시오'],
  [
    'See docs/scale-out.md; vestibule speech certificates makes certificates',
    'docs/scale-out.md를 보십시오. 인증서는 vestibule speech certificates가 만듭니다',
  ],
  ['Run vestibule doctor --fix', 'vestibule doctor --fix를 실행하십시오'],
  [
    'Set records.keyFile to a place outside of the data folder',
    'records.keyFile을 데이터 폴더 밖으로 정하십시오',
  ],
  ['Put the key back from where you keep its copy', '보관한 사본에서 열쇠를 되돌려 놓으십시오'],
  [
    'Set speech.sockets to a shorter folder, such as /run/vestibule',
    'speech.sockets를 /run/vestibule처럼 짧은 폴더로 정하십시오',
  ],
  [
    'Run vestibule asterisk render and start again; scripts/start does both',
    'vestibule asterisk render를 실행하고 다시 시작하십시오. scripts/start가 둘 다 합니다',
  ],
  [
    'Find what keeps the processors busy (top), or take a faster machine',
    '무엇이 프로세서를 쓰는지(top) 찾거나 더 빠른 컴퓨터를 쓰십시오',
  ],
  [
    'Open UDP {}-{} in the firewall towards this machine; behind NAT or in a container set pbx.sip.advertised',
    '방화벽에서 이 컴퓨터로 UDP {1}-{2}을(를) 여십시오. NAT 뒤나 컨테이너에서는 pbx.sip.advertised를 정하십시오',
  ],
  [
    'Look whether the network lets UDP out to where callers are, and what asterisk/log/messages says',
    '발신자 쪽으로 UDP가 나가는지, asterisk/log/messages에 무엇이 적혔는지 보십시오',
  ],
  [
    'Give voice priority in the network, and look at wireless telephones first',
    '네트워크에서 음성을 먼저 보내고, 무선 전화기부터 살펴보십시오',
  ],
  ['Install Node.js 20.19 or newer', 'Node.js 20.19 이상을 설치하십시오'],
  ['Install a version from 20.19 to 24', '20.19에서 24 사이의 버전을 설치하십시오'],
  [
    'Free space, or move the data folder (VESTIBULE_HOME) to a larger disk',
    '공간을 비우거나 데이터 폴더(VESTIBULE_HOME)를 더 큰 디스크로 옮기십시오',
  ],
  [
    'Move the data folder (VESTIBULE_HOME) to an SSD of this machine, not a network drive',
    '데이터 폴더(VESTIBULE_HOME)를 네트워크 드라이브가 아닌 이 컴퓨터의 SSD로 옮기십시오',
  ],
  [
    'Give the machine more memory, or end other programs on it',
    '메모리를 늘리거나 다른 프로그램을 끝내십시오',
  ],
  [
    'Give the machine a second processor: one carries a few calls at most',
    '프로세서를 하나 더 두십시오. 하나로는 몇 통뿐입니다',
  ],
  [
    'Find what keeps the processors busy (top), and move it elsewhere',
    '무엇이 프로세서를 쓰는지(top) 찾아 다른 곳으로 옮기십시오',
  ],
  [
    'Set the clock and let it be kept: sudo timedatectl set-ntp true',
    '시계를 맞추고 유지하게 하십시오: sudo timedatectl set-ntp true',
  ],
  ['Turn it on: sudo timedatectl set-ntp true', '켜십시오: sudo timedatectl set-ntp true'],
  [
    'Install Node.js with full ICU, or unset NODE_ICU_DATA{}',
    '전체 ICU가 든 Node.js를 설치하거나 NODE_ICU_DATA를 지우십시오{1}',
  ],
  [
    'Set understanding.timeZone to the zone of the office, such as Europe/London',
    'understanding.timeZone을 Asia/Seoul처럼 사무실의 시간대로 정하십시오',
  ],
  [
    'Set pbx.sip.advertised to the address that your router has outside',
    'pbx.sip.advertised를 공유기의 바깥 주소로 정하십시오',
  ],
  [
    'Name the networks of the office in pbx.sip.localNetworks, such as 192.168.1.0/24',
    'pbx.sip.localNetworks에 192.168.1.0/24처럼 사무실의 네트워크를 적으십시오',
  ],
  [
    'Open {} in the firewall of this machine (nft list ruleset), in and out',
    '이 컴퓨터의 방화벽(nft list ruleset)에서 {1}을(를) 양쪽으로 여십시오',
  ],
  ['Set understanding.hours', '영업시간을 정하십시오'],
  [
    'Add those of this year and the next to understanding.holidays',
    '올해와 내년의 휴일을 넣으십시오',
  ],
  [
    'Set dialogue.emergencyNumber to {}, or correct understanding.country',
    'dialogue.emergencyNumber를 {1}(으)로 정하거나 나라를 고치십시오',
  ],
  [
    'Add it there, so that the office’s telephones treat it as an emergency too',
    '사무실 전화기도 긴급 전화로 다루도록 그곳에 넣으십시오',
  ],
  [
    'Give each of dialogue.transferTargets names and aliases of its own',
    '사람마다 다른 이름과 별명을 주십시오',
  ],
  ['Correct its extension in dialogue.transferTargets', '그 사람의 내선 번호를 고치십시오'],
  ['Name an extension in pbx.fallbackRing', 'pbx.fallbackRing에 내선 번호를 적으십시오'],
  ['See the error’s own advice', '오류에 적힌 안내를 보십시오'],
  [
    'See docs/guide/many-offices.md: address, certificates, control.clients there',
    'docs/guide/many-offices.md를 보십시오: 주소, 인증서, 그곳의 control.clients',
  ],
  ['See {}', '{1}을(를) 보십시오'],
  ['Set privacy.retention.enabled to true', '보관 일정을 켜십시오'],
  ['Start Vestibule and see its log', 'Vestibule을 시작하고 로그를 보십시오'],
  [
    'Set the clock right; then vestibule privacy retention run --clock-is-right',
    '시계를 맞춘 뒤 vestibule privacy retention run --clock-is-right를 실행하십시오',
  ],
  [
    'Answer them: vestibule privacy requests list',
    '답하십시오: 개인정보 창구, 또는 vestibule privacy requests list',
  ],
  ['Destroy it, and make no copies', '파기하고 사본을 만들지 마십시오'],
  [
    'Keep the folder of the store out of snapshots, or on another file system',
    '저장소 폴더를 스냅샷에서 빼거나 다른 파일 시스템에 두십시오',
  ],
  [
    'Mend what is named, and run vestibule self-test',
    '적힌 것을 고치고 vestibule self-test를 실행하십시오',
  ],
  [
    'Look for `self-test` in the log of the daemon',
    '프로그램의 로그에서 `self-test`를 찾아보십시오',
  ],
  ['Run vestibule models fetch', 'vestibule models fetch를 실행하십시오'],
  ['Run vestibule intents train', 'vestibule intents train을 실행하십시오'],
  ['Install it: sudo apt-get install espeak-ng', '설치하십시오: sudo apt-get install espeak-ng'],
  [
    'Look into their logs in run/ of the data folder, and start again',
    '데이터 폴더의 run/에서 로그를 보고 다시 시작하십시오',
  ],
  [
    'Record it again: vestibule prompts record NAME',
    '다시 녹음하십시오: 안내 멘트, 또는 vestibule prompts record NAME',
  ],
  [
    'Record the new words (vestibule prompts list shows them), and delete the file',
    '새 문구를 녹음하고(vestibule prompts list가 보여 줍니다) 그 파일을 지우십시오',
  ],
  [
    'Look into run/asterisk.log of the data folder, and start again',
    '데이터 폴더의 run/asterisk.log를 보고 다시 시작하십시오',
  ],
  [
    'Set pbx.sip.bind to one that is (ip address)',
    'pbx.sip.bind를 이 컴퓨터의 주소로 정하십시오 (ip address)',
  ],
  [
    'End that program (ss -lnp shows it), or set pbx.sip.port or pbx.ari.port to another port',
    '그 프로그램을 끝내거나(ss -lnp가 보여 줍니다) pbx.sip.port나 pbx.ari.port를 다른 포트로 정하십시오',
  ],
  ['Ask again in a minute', '1분 뒤에 다시 확인하십시오'],
  [
    'Look whether the other side runs, whether the firewall lets SIP to pbx.trunks[].host and, over TLS, whether its certificate is for that host',
    '상대가 켜져 있는지, 방화벽이 pbx.trunks[].host로 SIP를 보내는지, TLS라면 인증서가 그 호스트의 것인지 보십시오',
  ],
  [
    'Take `verify: false` out of pbx.trunks[], and name who signs its certificate in caFile if the system does not know them',
    'pbx.trunks[]에서 `verify: false`를 빼고, 시스템이 모르는 기관이 서명했으면 그 인증서를 caFile에 적으십시오',
  ],
  [
    'It will be tried again by itself; look whether the other side takes registrations',
    '저절로 다시 시도합니다. 상대가 등록을 받는지 보십시오',
  ],
  [
    'Correct pbx.trunks[].user and passwordFile, then `vestibule asterisk render` and start again',
    'pbx.trunks[].user와 passwordFile을 고치고 `vestibule asterisk render` 뒤에 다시 시작하십시오',
  ],
  ['Run sudo vestibule update --back', 'sudo vestibule update --back을 실행하십시오'],
  [
    'Look for messages in it, then delete that folder: whoever is erased is not erased there',
    '그 안의 메시지를 찾아본 뒤 폴더를 지우십시오. 삭제한 사람이 그곳에는 남아 있습니다',
  ],
  [
    'Delete that folder: whoever is erased is not erased there',
    '폴더를 지우십시오. 삭제한 사람이 그곳에는 남아 있습니다',
  ],
  ['Run vestibule asterisk update --apply', 'vestibule asterisk update --apply를 실행하십시오'],
  [
    'Run vestibule asterisk update --apply; {} tells of each',
    'vestibule asterisk update --apply를 실행하십시오. 자세한 내용: {1}',
  ],
  [
    'Update this Asterisk as it was installed; {} tells of each',
    '이 Asterisk를 설치한 방법으로 업데이트하십시오. 자세한 내용: {1}',
  ],
  [
    'Run vestibule asterisk render, and edit no file it wrote',
    'vestibule asterisk render를 실행하고, 그것이 쓴 파일을 고치지 마십시오',
  ],
  [
    'Set pbx.guard.enabled to true, or name your networks in pbx.sip.allow',
    'pbx.guard.enabled를 켜거나 pbx.sip.allow에 네트워크를 적으십시오',
  ],
];
