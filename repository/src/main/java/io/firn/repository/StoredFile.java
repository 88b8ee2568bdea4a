package io.firn.repository;

/// Content that a writer has stored: what a file node needs.
public record StoredFile(BlobList content, long sizeBytes) {}
