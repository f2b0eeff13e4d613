package dev.muster.evidence.paper;

/** A file inside a document: what the document was made from. */
public record Attachment(String name, String mediaType, String description, String content) {}
