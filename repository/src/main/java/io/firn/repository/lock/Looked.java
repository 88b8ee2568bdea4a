package io.firn.repository.lock;

/// A lock, and what its owner saw of the repository after he had written it.
public record Looked<T>(HeldLock lock, T seen) {}
