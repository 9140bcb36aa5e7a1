"""What is new, for programs that look again and again: Atom (RFC 4287) and JSON Feed 1.1, of the
whole archive, a site, a channel, an article, or of the versions that hold the words of a search."""
