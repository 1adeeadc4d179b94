import { readWhenTold } from './history-reader.ts';

// A reader's entry where the program runs from its source.
readWhenTold();
