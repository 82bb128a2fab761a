/** Told while data is loaded: the step in words, and how much of it is done. The first call of a step has `done` 0, the last has `done === total`. */
export type Progress = (step: string, done: number, total: number) => void;
