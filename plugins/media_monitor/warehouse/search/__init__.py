"""Search of articles: the form in which their words are kept, what a search asks for, and where it is found."""
