"""The parts of the facts of a report, each counted by a function of its own: no words, no names, no small cells."""
