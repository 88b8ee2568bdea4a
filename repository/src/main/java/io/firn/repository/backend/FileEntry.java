package io.firn.repository.backend;

/// A listed file and its size.
public record FileEntry(FileHandle handle, long sizeBytes) {}
