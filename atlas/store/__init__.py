"""One store for every change of the project that the program makes: all of it, or none of it."""
