/** What is said in taking down requests, and around choices, in English. `{name}` is filled. */
export const requests = {
  'request.prescription':
    "I'll take down your prescription request, and our office will see to it.",
  'request.results': "I can't tell any results, but I'll pass your request on.",
  'request.billing':
    "I'll take down your question about the bill, and our office will call you back.",
  'request.document': "I'll take down what you need, and our office will see to it.",
  'request.registration': "I'll take down your details, and our office will call you back.",
  'request.privacy':
    "I'll pass that on to whoever is responsible for data protection here. " +
    'They will check who is asking before anything is told or changed.',
  'request.price':
    "I'm sorry, I don't have that price here. I'll note your question, and our office will call you back.",
  'request.service':
    "More than that I don't know. Shall I note your question, so that our office can call you back?",
  'request.unknown':
    "I'm sorry, I don't know that. I'll note your question, and our office will call you back.",
  'form.dob': 'What is the date of birth, please?',
  'form.dob_again':
    "I'm sorry, I did not get the date. Please say day, month and year, or key in eight digits.",
  'form.medicine': 'Which medicine do you need?',
  'form.pharmacy': 'Which pharmacy should it go to?',
  'form.test': 'Which test was it, and when was it done?',
  'form.invoice': "What is the number on the invoice? If you don't have it at hand, just say so.",
  'form.patient': 'And what is the name of the person it is for?',
  'form.question': 'What would you like to know or to have done?',
  'form.document': 'Which document do you need?',
  'form.email': "What is your e-mail address? If you don't want to give one, just say so.",
  'form.service': 'Which service is it about?',
  'form.read_dob': 'Date of birth: {value}.',
  'form.read_medicine': 'Medicine: {value}.',
  'form.read_pharmacy': 'Pharmacy: {value}.',
  'form.read_test': 'Test: {value}.',
  'form.read_invoice': 'Invoice: {value}.',
  'form.read_document': 'Document: {value}.',
  'form.read_email': 'E-mail address: {value}.',
  'form.read_service': 'Service: {value}.',
  'form.read_patient': 'It is for {value}.',
  'message.why':
    "It helps our office to see to it, and to call you back. If you'd rather not say, just say so.",
  'message.cannot_see': "I can't look that up myself, but our office can.",
  'topic.back': 'Now back to what we began.',
  'topic.next': 'And to the other thing that you mentioned.',
  'nonsense.sorry': "I'm sorry, I still did not understand.",
  'nonsense.choice':
    'Shall I connect you with {name}, or take a message? Press one for a person, or two for a message.',
  'listen.yes_or_no': 'Please say yes or no, or press one for yes and two for no.',
  'listen.keys': 'To leave a message, press one. For a person, press zero.',
  'key.say':
    'Here I need your words. To leave this out, press the hash key. For a person, press zero.',
  'price.one': 'The price for {service} is {price}.',
  'services.one': 'Yes, we offer {service}.',
} as const;

/** Ids of these prompts. Other languages have the same. */
export type RequestPromptId = keyof typeof requests;
