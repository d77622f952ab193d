// The only importer of koffi, by which functions of libraries in C are called.
export { default as koffi } from 'koffi';
