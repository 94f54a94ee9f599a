"""A text without the oddities of real feeds, and the way back to its offsets.

Contract (the reader's helper completes it):
    normal(text) -> Normal(text, offsets)   NFC; tatweel, tashkeel, bidi and zero-width marks gone;
        NBSP, U+202F, CRLF made plain space or newline; Arabic-Indic and Extended digits made 0-9;
        curly quotes and odd hyphens made plain. offsets: None where nothing moved.
    Normal.original(start, end) -> (start, end) in the text that came in.
    fold(text) -> str of the same length: lower case; Arabic letters of one kind made one
        (أإآٱ to ا, ى to ي, ة to ه, ؤ to و, ئ to ي, Persian ک ی to ك ي).
"""
