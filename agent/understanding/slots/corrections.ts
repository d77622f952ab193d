export { correctName } from './correct-name.js';
export { correctPhone } from './correct-phone.js';
